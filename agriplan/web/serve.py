"""Run the service until it is told to stop."""

import gc
import socket
import sys
from functools import partial
from typing import TYPE_CHECKING

from agriplan import __version__
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.listening import address_of, listen
from agriplan.web.log import flush_log, log_as_json, write_line
from agriplan.web.observing import AccessLog
from agriplan.web.state import NAME
from agriplan.web.supervisor import FORKS, supervise

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def run(settings: Settings) -> None:
    """Serve until stopped; raises an `AgriplanError` with all that is wrong before anybody is answered.

    Exits with 1 where the processes die as soon as they are born; the log says of what.
    """
    log_as_json()
    opened = listen(settings.host, settings.port)
    app = create_app(settings)
    database = app.extensions[NAME].store.location
    if FORKS:
        lived = serve(app, opened, settings, database)
    else:
        lived = supervise(partial(load, settings), opened, settings, partial(tell_start, opened, database))
    write_line({"event": "stop"})
    flush_log()
    if not lived:
        sys.exit(1)


def serve(app: "WSGIApplication", opened: socket.socket, settings: Settings, database: str) -> bool:
    """Serve an application that is here already; the processes share what was read."""
    logged = AccessLog(app) if settings.access_log else app
    gc.collect()
    gc.freeze()  # nothing that was read is looked at again, so that the processes go on sharing it
    return supervise(lambda: logged, opened, settings, partial(tell_start, opened, database))


def load(settings: Settings) -> "WSGIApplication":
    """The application, read anew in a process that shares nothing."""
    log_as_json()
    app = create_app(settings)
    return AccessLog(app) if settings.access_log else app


def tell_start(opened: socket.socket, database: str) -> None:
    """Say in the log where the service listens and where the saved scenarios are."""
    write_line({"event": "start", "address": address_of(opened), "database": database, "version": __version__})
