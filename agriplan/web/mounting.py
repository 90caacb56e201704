"""Below which path the service is offered, when a proxy in front gives it a part of a host only."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mounted:
    """Puts the path into every address that is made, whether the proxy takes it off the ones that are asked or not.

    >>> seen = []
    >>> app = Mounted(lambda environ, start: seen.append((environ["SCRIPT_NAME"], environ["PATH_INFO"])) or [], "/plan")
    >>> for path in ("/plan/league/150500", "/league/150500", "/plan", "/planning"):
    ...     _ = app({"PATH_INFO": path}, None)
    >>> seen
    [('/plan', '/league/150500'), ('/plan', '/league/150500'), ('/plan', '/'), ('/plan', '/planning')]
    """

    def __init__(self, app: "WSGIApplication", path: str) -> None:
        self._app = app
        self._path = path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Answer a request."""
        asked: str = environ["PATH_INFO"]
        if asked == self._path or asked.startswith(f"{self._path}/"):
            environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        environ["SCRIPT_NAME"] = self._path
        return self._app(environ, start_response)
