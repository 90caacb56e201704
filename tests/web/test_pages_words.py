"""Every text of the pages stands in the translations, in both languages, and is used."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from agriplan.sentences import catalogue
from tests.web.conftest import MakeApp
from tests.web.reading import PAGES

WEB = Path(__file__).parents[2] / "agriplan" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
OURS = [code for code in catalogue() if code.startswith("page.")]


@pytest.mark.parametrize(
    "template", [path for path in TEMPLATES if path.name != "api.html"], ids=lambda path: path.name
)
def test_templates_hold_no_text_of_their_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for wrapper in (r"{#.*?#}", r"{%.*?%}", r"{{.*?}}", r"<!doctype[^>]*>", r"</?[a-zA-Z](?:\"[^\"]*\"|[^>\"])*>"):
        text = re.sub(wrapper, " ", text, flags=re.DOTALL)
    text = text.replace("<var>", "").replace("JSON", "")
    assert re.findall(r"[^\W\d_]{2,}", text) == []


def test_every_text_has_both_languages_with_the_same_gaps() -> None:
    for code in OURS:
        entry = catalogue()[code]
        assert entry["zh"], code
        assert entry["en"], code
        assert set(re.findall(r"{(\w+)}", entry["zh"])) == set(re.findall(r"{(\w+)}", entry["en"])), code


def test_every_text_that_is_asked_for_exists_and_no_other() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*TEMPLATES, *WEB.rglob("*.py"))]
    # A code in full, t('col.year'), or the beginning of several, t('series.' ~ look), text(f"series.{look}").
    asked = [code for text in sources for code in re.findall(r"""\b(?:t|text)\(f?['"]([\w.-]+)""", text)]
    asked += [code for text in sources for code in re.findall(r"""['"]page\.([\w.-]+)""", text)]
    asked += [f"scenarios.{code}" for text in sources for code in re.findall(r"""\bdone\("(\w+)""", text)]
    begun = tuple(f"page.{code}" for code in asked if code.endswith("."))
    whole = {f"page.{code}" for code in asked if not code.endswith(".")}
    assert whole - set(OURS) == set()
    assert [code for code in OURS if code not in whole and not code.startswith(begun)] == []
    assert all(any(code.startswith(start) for code in OURS) for start in begun)


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_chinese_first_and_english_when_switched(make_app: MakeApp, address: str) -> None:
    client = make_app().test_client()  # nothing saved there has a Chinese name
    first = client.get(address).text
    assert '<html lang="zh-CN">' in first
    switched = client.get(f"{address}?lang=en").text
    assert '<html lang="en">' in switched
    nothing_translated = re.sub(r'<(\w+)[^>]*lang="zh-CN"[^>]*>.*?</\1>', "", switched, flags=re.DOTALL)
    if address not in {"/data", "/league/150500"}:  # notes of figures and belts are quoted as they are
        assert re.findall(r"[\u4e00-\u9fff]{2,}", nothing_translated) == []


def test_the_switch_keeps_what_the_address_asks_for(client: FlaskClient) -> None:
    page = client.get("/data?area=150500").text
    assert re.search(r'href="/data\?area=150500&amp;lang=en"', page)
