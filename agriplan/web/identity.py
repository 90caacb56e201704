"""Who asks: one place that says so, in each of the three ways in which an office may want it.

open    whoever reaches the address; a name can be given and is recorded as it was typed
links   a link for each league and one for the region, made and withdrawn on the command line
proxy   the person whom a proxy with a login names in a header, mapped to an area by a file

Everybody may look at everything; who may save is what differs.
"""

from flask import g, request, session

from agriplan.errors import NotAllowed, Problem
from agriplan.settings import IdentityMode, words_of_setting
from agriplan.store import Store
from agriplan.store.entries import clean_person
from agriplan.web.service import service
from agriplan.web.tokens import hash_of
from agriplan.web.users import AT_THE_MACHINE, Who

BY_NAME, BY_LINK = "who", "link"  # in the session
NAME_HEADER = "Agriplan-Who"  # for programs, in the open way
NOBODY = Who()
UNKNOWN: dict[IdentityMode, str] = {"open": "who_open", "links": "who_links", "proxy": "who_proxy"}


def who() -> Who | None:
    """Who asks; None where that is not known and has to be."""
    if "who" not in g:
        g.who = ASK[service().settings.identity]()
    found: Who | None = g.who
    return found


def writer() -> str:
    """The name that is recorded with a save; raises `NotAllowed` where nobody says who they are."""
    found = who()
    if found is None:
        raise NotAllowed([Problem("", UNKNOWN[service().settings.identity])])
    return found.name


def signed_store() -> Store:
    """The store for a change: recorded with who makes it, and counted.

    Raises `NotAllowed` where nobody says who they are, `TooMany` where a client saves more than its share.
    """
    here, name = service(), writer()
    here.saves.take(client())
    return here.store.signed(name)


def in_the_open() -> Who:
    """The name that was given, if one was."""
    on_api = request.path.startswith("/api/")
    typed = request.headers.get(NAME_HEADER) if on_api else session.get(BY_NAME)
    return Who(clean_person(typed, NAME_HEADER if on_api else "")) if typed else NOBODY


def by_link() -> Who | None:
    """The area whose link was followed, as long as it has not been withdrawn."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    kept = hash_of(token.strip()) if scheme.casefold() == "bearer" else session.get(BY_LINK)
    area = service().store.area_of_link(kept) if kept else None
    if area is None:
        return None
    known = service().baselines.areas.get(area)
    return Who(known.name_zh if known else area, area)


def by_proxy() -> Who | None:
    """The person whom the proxy names; a header that did not come through it is not believed."""
    return service().users.get(_login())


def is_administrator() -> bool:
    """Whether who asks may look after the service: a login that is named for it, or somebody at the machine itself."""
    settings = service().settings
    named = words_of_setting(settings.administrators)
    at_the_machine = not settings.proxies and request.remote_addr in {"127.0.0.1", "::1"} and not _came_through()
    return (AT_THE_MACHINE in named and at_the_machine) or (settings.identity == "proxy" and _login() in named)


def _came_through() -> bool:
    """Whether a proxy that nobody told us of has passed the request on."""
    return any(word in request.headers for word in ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"))


def _login() -> str:
    """The login that the proxy names; nothing where the header did not come through it."""
    settings = service().settings
    came_from = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR")
    trusted = came_from in words_of_setting(settings.proxy_addresses)
    return _sent(request.headers.get(settings.user_header, "")) if trusted else ""


def _sent(header: str) -> str:
    """The text of a header: proxies send UTF-8, WSGI hands over every byte as a character."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


ASK = {"open": in_the_open, "links": by_link, "proxy": by_proxy}


def client() -> str:
    """Whom limits count: a known person or area, else the address that asks (which a configured proxy gives).

    A name that anybody can type is nobody's: with a new one for every save there would be no limit.
    """
    found = None if service().settings.identity == "open" else who()
    return (found.name or found.area or "") if found and found.name else (request.remote_addr or "")
