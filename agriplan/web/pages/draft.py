"""A scenario that is not saved yet, carried in the address: compressed canonical JSON, safe in a URL."""

import base64
import binascii
import zlib

from agriplan.engine.scenario import Scenario, canonical_json, parse_json
from agriplan.errors import Problem, ScenarioError

# What a scenario may unpack to; the largest that touches every field of five indicators and twelve leagues is 60 kB.
MOST_BYTES = 256 * 1024
# Longer addresses are refused by the server (gunicorn stops at 8190, proxies often at 4096).
MOST_IN_ADDRESS = 3600


def pack(scenario: Scenario) -> str:
    """Write a scenario as a token of letters, digits, - and _.

    >>> unpack(pack(Scenario(target={"milk": 900}))).target
    {'milk': 900.0}
    """
    return base64.urlsafe_b64encode(zlib.compress(canonical_json(scenario).encode(), 9)).decode().rstrip("=")


def unpack(token: str) -> Scenario:
    """Read a token; raises `ScenarioError` for one that was cut or changed on the way."""
    if not token:
        return Scenario()
    try:
        packed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        reader = zlib.decompressobj()
        text = reader.decompress(packed, MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise ScenarioError([Problem("", "draft_unreadable")]) from None
    if reader.unconsumed_tail or not reader.eof:
        raise ScenarioError([Problem("", "draft_unreadable")])
    return parse_json(text)
