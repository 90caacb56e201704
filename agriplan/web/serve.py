"""Run the service until it is told to stop: gunicorn, on Windows waitress."""

import sys
from typing import TYPE_CHECKING, Any

from agriplan import __version__
from agriplan.settings import Settings
from agriplan.web.app import create_app
from agriplan.web.log import AccessLog, write_line
from agriplan.web.state import NAME

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

KEEP_ALIVE_SECONDS = 5  # a browser fetches a page's parts over one connection; longer only holds a thread


def run(settings: Settings) -> None:
    """Serve until stopped; raises an `AgriplanError` with all that is wrong before anything listens."""
    app = create_app(settings)
    database = app.extensions[NAME].store.location
    serve = run_waitress if sys.platform == "win32" else run_gunicorn
    serve(AccessLog(app) if settings.access_log else app, settings, database)


def tell_start(address: str, database: str) -> None:
    """Say in the log where the service listens and where the saved scenarios are."""
    write_line({"event": "start", "address": address, "database": database, "version": __version__})


def run_gunicorn(app: "WSGIApplication", settings: Settings, database: str) -> None:
    """Processes with threads; on SIGTERM or SIGINT requests under way are finished first."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """The application that is here already, under gunicorn's care."""

        def load_config(self) -> None:
            """Take the settings instead of a file or the command line."""
            for name, value in options(settings, database).items():
                self.cfg.set(name, value)

        def load(self) -> "WSGIApplication":
            """The application; the processes share what was read."""
            return app

    Server().run()


def options(settings: Settings, database: str) -> dict[str, Any]:
    """What gunicorn is told."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_class": "gthread",
        "preload_app": True,
        "timeout": settings.request_seconds,
        "graceful_timeout": settings.graceful_seconds,
        "keepalive": KEEP_ALIVE_SECONDS,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda server: tell_start(_address(server), database),
        "on_exit": lambda _: write_line({"event": "stop"}),
    }


def _address(server: Any) -> str:
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    return f"http://{host}:{port}"


def run_waitress(app: "WSGIApplication", settings: Settings, database: str) -> None:
    """One process with threads."""
    from waitress.server import create_server

    threads = settings.workers * settings.threads
    server = create_server(app, host=settings.host, port=settings.port, threads=threads, ident=None)
    tell_start(f"http://{server.effective_host}:{server.effective_port}", database)
    try:
        server.run()
    finally:
        write_line({"event": "stop"})
