"""A scenario that is not saved yet, carried in the address: compressed canonical JSON, safe in a URL."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping

from agriplan.engine.scenario import Scenario, canonical_json, parse_json
from agriplan.engine.scenario_text import load_json
from agriplan.errors import Problem, ScenarioError
from agriplan.web.pages.form import is_path

# What a scenario may unpack to; the largest that touches every field of five indicators and twelve leagues is 60 kB.
MOST_DRAFT_BYTES = 256 * 1024
# Longer addresses are refused by the server (nginx stops at 8192, others at 4096).
MOST_IN_ADDRESS = 3600


def pack(scenario: Scenario) -> str:
    """Write a scenario as a token of letters, digits, - and _.

    >>> unpack(pack(Scenario(target={"milk": 900}))).target
    {'milk': 900.0}
    """
    return _squeeze(canonical_json(scenario))


def unpack(token: str) -> Scenario:
    """Read a token; raises `ScenarioError` for one that was cut or changed on the way."""
    return parse_json(_unfold(token)) if token else Scenario()


def fits_address(token: str) -> bool:
    """Whether an address can carry a scenario.

    >>> fits_address(pack(Scenario()))
    True
    """
    return len(token) <= MOST_IN_ADDRESS


def pack_fields(fields: Mapping[str, str]) -> str:
    """Write what stands in form fields as such a token.

    >>> unpack_fields(pack_fields({"growth.milk.150500": "8x"}))
    {'growth.milk.150500': '8x'}
    """
    return _squeeze(json.dumps(dict(fields), ensure_ascii=False, sort_keys=True))


def unpack_fields(token: str) -> dict[str, str]:
    """Read a token of form fields; raises `ScenarioError` for one that was cut or changed on the way."""
    read = load_json(_unfold(token)) if token else {}
    if not isinstance(read, dict) or not all(is_path(path) and isinstance(said, str) for path, said in read.items()):
        raise _unreadable()
    return read


def _squeeze(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def _unfold(token: str) -> bytes:
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)), MOST_DRAFT_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise _unreadable() from None
    if reader.unconsumed_tail or not reader.eof:
        raise _unreadable()
    return text


def _unreadable() -> ScenarioError:
    return ScenarioError([Problem("", "draft_unreadable")])
