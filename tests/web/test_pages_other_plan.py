"""Another region, other years, other indicators: the same pages, no Python changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from flask.testing import FlaskClient

from agriplan.web.service import EXTENSION_NAME
from tests.thoroughness import FULL
from tests.web.conftest import MakeApp
from tests.web.reading import rows_of

T = TypeVar("T")
HEXI = Path(__file__).parents[1] / "plans" / "hexi"


@pytest.fixture(scope="module")
def elsewhere(make_app: MakeApp) -> FlaskClient:
    return make_app(baselines=HEXI).test_client()


def by_turn(each: Sequence[T], lang: str) -> Sequence[T]:
    """Those whose turn it is in a language; in full all of them in both."""
    return each if FULL else each[lang == "en" :: 2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_shows_the_other_plan(elsewhere: FlaskClient, lang: str) -> None:
    data = elsewhere.application.extensions[EXTENSION_NAME].baselines
    addresses = [*by_turn(["/", "/compare", "/compare/rules", "/data", "/method", "/evaluation"], lang)]
    addresses += [f"/league/{league.code}" for league in by_turn(data.leagues, lang)]
    addresses += [f"/indicator/{commitment.id}" for commitment in by_turn(data.commitments, lang)]
    for address in addresses:
        answer = elsewhere.get(f"{address}?lang={lang}")
        assert answer.status_code == 200, address
        assert "内蒙古" not in answer.text, address
        for word in ("Inner Mongolia", "十四五", "14th", "十三份"):
            assert word not in answer.text, (address, word)


def test_the_overview_has_a_row_for_each_of_its_commitments(elsewhere: FlaskClient) -> None:
    data = elsewhere.application.extensions[EXTENSION_NAME].baselines
    rows = rows_of(elsewhere.get("/?lang=zh").text)
    assert [row for row in rows if row.startswith("row-")] == [f"row-{one.id}" for one in data.commitments]
