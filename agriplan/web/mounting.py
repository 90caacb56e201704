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
        environ["PATH_INFO"] = path_below(environ["PATH_INFO"], self._path)
        environ["SCRIPT_NAME"] = self._path
        return self._app(environ, start_response)


def path_below(asked: str, mount: str) -> str:
    """A path as the application knows it, whether the proxy took the mount off or not.

    >>> path_below("/plan/metrics", "/plan"), path_below("/metrics", "/plan"), path_below("/metrics", "")
    ('/metrics', '/metrics', '/metrics')
    """
    return (asked[len(mount) :] or "/") if asked == mount or asked.startswith(f"{mount}/") else asked
