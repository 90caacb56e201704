"""The application: the service behind pages and API."""

import json
from typing import TYPE_CHECKING

from flask import Flask, Response
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from agriplan.at_once import do_all
from agriplan.errors import StoreError
from agriplan.settings import Settings, read_settings
from agriplan.web import api, pages
from agriplan.web.bounds import bound_what_is_sent
from agriplan.web.hosts import HostGate, guard_hosts
from agriplan.web.language import carry_language
from agriplan.web.mounting import Mounted
from agriplan.web.problems import answer_errors
from agriplan.web.response_cache import AT_HAND, ResponseCache
from agriplan.web.security import secure
from agriplan.web.service import EXTENSION_NAME, open_service, service
from agriplan.web.shared_memory import SharedMemory
from agriplan.web.signing_key import secret_key
from agriplan.web.units_kept import keep_units

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def create_app(settings: Settings | None = None, memory: SharedMemory | None = None) -> Flask:
    """Make the application; raises an `AgriplanError` with all that is wrong with data, template, database or key."""
    asked = settings = settings or read_settings()
    app = Flask(__name__)
    configured, opened = do_all(lambda: configuration(asked), lambda: open_service(asked, memory))
    app.config.update(configured)
    app.extensions[EXTENSION_NAME] = opened
    guard_hosts(app, settings)
    bound_what_is_sent(app, settings)
    protection = CSRFProtect(app)
    secure(app)
    carry_language(app)
    answer_errors(app)
    keep_units(app)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    # The API takes only bodies that no form of another site can send, so it needs no token.
    protection.exempt(api.BLUEPRINT)
    app.register_blueprint(api.BLUEPRINT)
    app.register_blueprint(api.PAGE)
    app.add_url_rule("/healthz", view_func=healthz)
    app.wsgi_app = layers(app, settings)  # type: ignore[method-assign, assignment]
    return app


def layers(app: Flask, settings: Settings) -> "WSGIApplication":
    """What stands before the application."""
    cache = ResponseCache(app.wsgi_app, app.extensions[EXTENSION_NAME].made)
    app.extensions[AT_HAND] = cache.find
    inner: WSGIApplication = HostGate(cache, app.wsgi_app, settings)
    if settings.mount:
        inner = Mounted(inner, settings.mount)
    count = settings.proxies
    return ProxyFix(inner, x_for=count, x_proto=count) if count else inner


def configuration(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions are told."""
    return {
        "SECRET_KEY": secret_key(settings),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_PATH": settings.mount or "/",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form may stay open over a meeting
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
    }


def healthz() -> Response:
    """Whether the service is up and a save would succeed; 503 with the reason's code where it would not."""
    try:
        service().store.check()
    except StoreError as error:
        told = {"status": "unavailable", "reason": error.problems[0].code}
        return Response(json.dumps(told) + "\n", status=503, content_type="application/json")
    return Response('{"status":"ok"}\n', content_type="application/json")
