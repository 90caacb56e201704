"""The key that signs cookies and forms: given, or made once and kept beside the saved scenarios."""

import logging
import os
import secrets
from pathlib import Path

from agriplan.errors import Problem, SettingsError
from agriplan.settings import Settings
from agriplan.store import default_database_path

_LOG = logging.getLogger("agriplan.secret")
SHORTEST = 16  # characters; a shorter key can be guessed by trying
LENGTH = 32  # bytes of randomness; twice what HMAC-SHA1 (itsdangerous) can use


def secret_key(settings: Settings) -> str:
    """The key of the settings, else the one in the user's data folder, which is made where it is missing.

    Raises `SettingsError` for a key that is too short.
    """
    if settings.secret_key is not None:
        key = settings.secret_key.get_secret_value()
        if len(key) < SHORTEST:
            raise SettingsError([Problem("AGRIPLAN_SECRET_KEY", "secret_short", {"least": SHORTEST})])
        return key
    return kept_key(default_database_path().with_name("secret-key"))


def kept_key(path: Path) -> str:
    """Read a key file, or make it for its owner's eyes only; where it cannot be kept, the key lasts one run."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(LENGTH))
    except OSError:  # there already, or a folder that cannot be written
        pass
    try:
        kept = path.read_text().strip()
    except (OSError, UnicodeError):
        kept = ""
    if len(kept) < SHORTEST:
        # Whoever has a form open when the service starts again will have to send it twice.
        _LOG.warning("no key can be kept in %s: sessions end with this run; set AGRIPLAN_SECRET_KEY", path)
        return secrets.token_hex(LENGTH)
    return kept
