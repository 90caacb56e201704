"""The API under `/api/v1`."""

from flask import Blueprint

BLUEPRINT = Blueprint("api", __name__, url_prefix="/api")
