"""The WSGI entry: `gunicorn server:app`."""

from agriplan.web.app import create_app

app = create_app()
