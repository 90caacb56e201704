"""Run the service until it is told to stop."""

import gc
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from agriplan import __version__
from agriplan.at_once import do_all
from agriplan.sentences import LANGS, say
from agriplan.settings import Settings, unknown_names
from agriplan.web.app import create_app
from agriplan.web.drawing_ahead import start_drawing, stop_drawing
from agriplan.web.listening import listen, socket_address
from agriplan.web.log import flush_log, log_as_json, write_line
from agriplan.web.memory_pool import share_memory_pool
from agriplan.web.metrics import Metrics
from agriplan.web.observing import AccessLog
from agriplan.web.reloading import FolderWatch
from agriplan.web.service import EXTENSION_NAME
from agriplan.web.shared_memory import SharedMemory
from agriplan.web.supervisor import FORKS, Load, supervise

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def run(settings: Settings) -> None:
    """Serve until stopped; raises an `AgriplanError` with all that is wrong before anybody is answered.

    Exits with 1 where the processes die as soon as they are born; the log says of what.
    """
    log_as_json()
    share_memory_pool()
    memory = SharedMemory()
    opened, app = do_all(lambda: listen(settings.host, settings.port), lambda: create_app(settings, memory))
    store, data = app.extensions[EXTENSION_NAME].store, app.extensions[EXTENSION_NAME].baselines
    metrics = figures(settings)
    again = partial(read_again, settings, metrics, memory)
    watch = FolderWatch(data.folder, data.version, again if settings.reload else None, memory.take_data, again)
    drawing = start_drawing(settings)
    if FORKS:
        lived = serve(app, opened, settings, store.location, metrics, watch.look, made=store.is_new)
    else:
        anew = partial(load, settings, metrics, memory)
        told = partial(tell_start, opened, store.location, made=store.is_new)
        lived = supervise(anew, opened, settings, told, watch.look)
    stop_drawing(drawing)
    write_line({"event": "stop"})
    flush_log()
    if not lived:
        sys.exit(1)


def serve(
    app: "WSGIApplication",
    opened: socket.socket,
    settings: Settings,
    database: str,
    metrics: Metrics | None,
    renewed: Callable[[], Load | None],
    *,
    made: bool,
) -> bool:
    """Serve an application that is here already; the processes share what was read."""
    told = partial(tell_start, opened, database, made=made)
    return supervise(shared(app, settings, metrics), opened, settings, told, renewed)


def shared(app: "WSGIApplication", settings: Settings, metrics: Metrics | None) -> Load:
    """What forked processes serve: the application that is here."""
    gc.collect()
    gc.freeze()  # nothing that was read is looked at again, so that the processes go on sharing it
    return lambda place: observed(app, settings, metrics, place)


def read_again(settings: Settings, metrics: Metrics | None, memory: SharedMemory) -> Load:
    """What is served once the data folder has changed; raises an `AgriplanError` where it cannot be used."""
    app = create_app(settings, memory)  # where processes do not fork, this is the check and each reads for itself
    return shared(app, settings, metrics) if FORKS else partial(load, settings, metrics, memory)


def load(settings: Settings, metrics: Metrics | None, memory: SharedMemory, place: int) -> AccessLog:
    """The application, read anew in a process that shares nothing but what is counted."""
    log_as_json()
    share_memory_pool()
    return observed(create_app(settings, memory), settings, metrics, place)


def figures(settings: Settings) -> Metrics | None:
    """Where all processes count, where that is asked for."""
    return Metrics(settings.workers) if settings.metrics else None


def observed(app: "WSGIApplication", settings: Settings, metrics: Metrics | None, place: int = 0) -> AccessLog:
    """The application with what is told of each request."""
    counted = metrics and metrics.of(place)
    return AccessLog(app, write_line if settings.access_log else None, counted, settings.mount)


def tell_start(opened: socket.socket, database: str, *, made: bool) -> None:
    """Say in the log where the service listens and where the saved scenarios are; aloud where none had been there."""
    for lang in LANGS if made else ():
        sys.stderr.write(say("store.begun", lang, database=database) + "\n")
    place = {"address": socket_address(opened), "database": database, "database_is_new": made}
    unknown = unknown_names(os.environ)  # no slip in a setting's name, but nothing that is read either
    write_line({"event": "start", **place, "version": __version__} | ({"settings_unknown": unknown} if unknown else {}))
