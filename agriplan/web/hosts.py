"""Under which names the service answers: a name that points here without being ours is somebody else's page."""

import ipaddress
import re
import socket
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from agriplan.errors import Problem
from agriplan.settings import Settings, words_of_setting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

EVERY = "*"
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[^\[\]:]+))(?::[0-9]+)?")


def known_hosts(settings: Settings) -> set[str]:
    """The names that count, in small letters, beside addresses in numbers."""
    entered = {word.casefold() for word in words_of_setting(settings.hosts)}
    return entered | {
        "localhost",
        settings.host.casefold(),
        socket.gethostname().casefold(),
        socket.getfqdn().casefold(),
    }


def is_known(host: str, known: set[str]) -> bool:
    """Whether a `Host` header names us.

    >>> known = {"plan.example.gov.cn", "localhost"}
    >>> [is_known(host, known) for host in ("plan.example.gov.cn:8000", "LOCALHOST", "10.1.2.3:80", "[::1]:8000")]
    [True, True, True, True]
    >>> [is_known(host, known) for host in ("evil.example", "localhost.evil.example", "", "[::1]evil.example")]
    [False, False, False, False]
    """
    written = _HOST.fullmatch(host.casefold())
    if written is None:
        return False
    name = written["address"] or written["name"]
    if EVERY in known or name.removesuffix(".") in known:
        return True
    try:
        ipaddress.ip_address(name)  # nobody can point an address in numbers elsewhere
    except ValueError:
        return False
    return True


class HostGate:
    """Takes requests under other names past whatever is remembered, to the application, which refuses them."""

    def __init__(self, cache: "WSGIApplication", app: "WSGIApplication", settings: Settings) -> None:
        self._cache = cache
        self._app = app
        self._known = known_hosts(settings)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer a request."""
        ours = is_known(environ.get("HTTP_HOST", ""), self._known)
        return (self._cache if ours else self._app)(environ, start_response)


def guard_hosts(app: Flask, settings: Settings) -> None:
    """Refuse requests under other names, before anything is done."""
    known = known_hosts(settings)

    @app.before_request
    def refuse() -> None:
        if not is_known(request.environ.get("HTTP_HOST", ""), known):
            error = BadRequest()
            error.problems = (Problem("Host", "host_refused"),)  # type: ignore[attr-defined]
            raise error
