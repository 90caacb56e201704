"""The WSGI entry for servers other than our own (`agriplan serve`): `server:app`."""

from agriplan.web.app import create_app

app = create_app()
