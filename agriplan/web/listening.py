"""The socket that all processes of the service share, and what may keep it from being opened."""

import errno
import os
import socket

from agriplan.errors import Problem, SettingsError

WAITING = 1024  # connections that the system keeps until a process takes them; a burst of a whole office is a tenth
FIRST_FREE_PORT = 1024  # below, most systems want an administrator


def listen(host: str, port: int) -> socket.socket:
    """Open the socket; raises `SettingsError` with what keeps it from being opened.

    >>> with listen("127.0.0.1", 0) as opened:
    ...     socket_address(opened).rpartition(":")[0]
    'http://127.0.0.1'
    """
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise SettingsError([Problem("AGRIPLAN_HOST", "host_unknown", {"host": host})]) from None
    family, _, _, _, place = next((one for one in found if one[0] == socket.AF_INET), found[0])
    try:
        opened = socket.create_server(place[:2], family=family, backlog=WAITING)
    except OSError as error:
        raise SettingsError([what_is_wrong(error, host, port)]) from None
    opened.setblocking(False)
    return opened


def what_is_wrong(error: OSError, host: str, port: int) -> Problem:
    """Say in words why the system does not let us listen there."""
    values: dict[str, object] = {"host": host, "port": port}
    if error.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)}:
        return Problem("AGRIPLAN_PORT", "port_taken", values)
    if error.errno in {errno.EACCES, errno.EPERM, getattr(errno, "WSAEACCES", None)}:
        return Problem("AGRIPLAN_PORT", "port_forbidden" if port < FIRST_FREE_PORT else "port_taken", values)
    if error.errno in {errno.EADDRNOTAVAIL, getattr(errno, "WSAEADDRNOTAVAIL", None)}:
        return Problem("AGRIPLAN_HOST", "host_not_here", values)
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return Problem("AGRIPLAN_HOST", "cannot_listen", {**values, "reason": reason})


def socket_address(opened: socket.socket) -> str:
    """The address of an open socket, as a browser takes it."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if opened.family == socket.AF_INET6 else f"http://{host}:{port}"
