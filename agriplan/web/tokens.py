"""The secret part of a link, and what is kept of it."""

import hashlib
import secrets

TOKEN_BYTES = 24  # nobody guesses one of 2**192


def new_token() -> str:
    """The secret part of a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is kept of it.

    >>> len(hash_of(new_token()))
    64
    """
    return hashlib.sha256(token.encode()).hexdigest()
