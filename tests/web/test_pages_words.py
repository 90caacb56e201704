"""Every text of the pages stands in the translations, in both languages, and is used."""

import re
from itertools import product
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.engine.scenario import parse_scenario
from agriplan.sentences import catalogue
from agriplan.web.pages.draft import pack
from tests.test_languages import CHINESE, IN_ENGLISH, english
from tests.thoroughness import FULL
from tests.web.conftest import MakeApp
from tests.web.reading import PAGES, read_aloud

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
        zh, en = (set(re.findall(r"{(\w+)(?::inside)?}", entry[lang])) for lang in ("zh", "en"))
        assert zh == en, code


def test_every_text_that_is_asked_for_exists_and_no_other() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*TEMPLATES, *WEB.rglob("*.py"))]
    # A code in full, t('col.year'), or the beginning of several, t('series.' ~ look), text(f"series.{look}").
    asked = [code for text in sources for code in re.findall(r"""(?<![.\w])(?:t|text)\(f?['"]([\w.-]+)""", text)]
    asked += [code for text in sources for code in re.findall(r"""['"]page\.([\w.-]+)""", text)]
    asked += [f"scenarios.{code}" for text in sources for code in re.findall(r"""\bdone\("(\w+)""", text)]
    begun = tuple(f"page.{code}" for code in asked if code.endswith("."))
    whole = {f"page.{code}" for code in asked if not code.endswith(".")}
    assert whole - set(OURS) == set()
    assert [code for code in OURS if code not in whole and not code.startswith(begun)] == []
    assert all(any(code.startswith(start) for code in OURS) for start in begun)


# What stands for the parts of an address; a page that asks for another part has to be given one here.
PARTS = {"indicator": ("milk", "forage_value", "improved_breed_rate"), "code": ("150500",)}
NOT_READ = {"token", "identity", "filename", "area"}  # of addresses that hand out files or lead elsewhere
DRAFTS = ({}, IN_ENGLISH)


def pages_of(app: Flask) -> list[str]:
    """The address of every page of the url map."""
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments & NOT_READ or not rule.endpoint.startswith("pages."):
            continue
        choices = [[(name, value) for value in PARTS[name]] for name in sorted(rule.arguments)]
        with app.test_request_context():
            found += [url_for(rule.endpoint, **dict(chosen)) for chosen in product(*choices)]
    return found


@pytest.mark.parametrize("entered", DRAFTS, ids=["default", "busy"])
def test_every_page_is_chinese_first_and_english_when_switched(
    make_app: MakeApp, entered: dict[str, object], baselines: Baselines
) -> None:
    app = make_app()  # nothing saved there has a Chinese name
    client = app.test_client()
    draft = {"draft": pack(parse_scenario(entered))} if entered else {}
    cited = [str(text) for name in ("title_zh", "publisher_zh", "address") for text in baselines.sources[name]]
    cited += [str(text) for text in ("Tongliao faster", "agreed in the meeting", "statistics office of Tongliao")]
    read = 0
    addresses = pages_of(app)
    for address in addresses if FULL else addresses[DRAFTS.index(entered) :: 2]:
        first, switched = (
            client.get(address, query_string=draft | lang, follow_redirects=True) for lang in ({}, {"lang": "en"})
        )
        if first.mimetype != "text/html":
            continue
        read += 1
        assert '<html lang="zh-CN"' in first.text, address
        assert '<html lang="en"' in switched.text, address
        assert CHINESE.findall(read_aloud(switched.text, "zh-CN")) == [], address
        chinese = read_aloud(first.text, "en")
        for text in sorted(cited, key=len, reverse=True):
            chinese = chinese.replace(text, "")
        chinese = re.sub(r"\b[0-9a-f]{16}\b", "", chinese)
        assert english(chinese) == [], address
    assert read >= len(PAGES) // (1 if FULL else 2)


def test_the_switch_keeps_what_the_address_asks_for(client: FlaskClient) -> None:
    page = client.get("/data?area=150500").text
    assert re.search(r'href="/data\?area=150500&amp;lang=en"', page)


def test_no_page_in_english_lets_a_figure_run_into_the_number_of_its_unit(client: FlaskClient) -> None:
    """Sentences, changes, figures with their unit behind them and fields: "20.5 × 10,000 t", never "20.5 10,000 t"."""
    entered = {
        "target": {"milk": 990, "forage_value": 300},
        "baseline": {"livestock_units": {"150500": {"value": 900, "source": "Bureau"}}},
        "allocation": {"milk": {"lock": {"150500": {"target": 58}}, "floor": {"150100": 20.5}}},
        "actual": {"milk": {"150500": {"2021": 38.5}}, "beef_cattle_value": {"150000": {"2021": 110}}},
    }
    draft, signs = pack(parse_scenario(entered)), 0
    chosen = "&choose=default&choose=draft&compare=1&what_if=1"
    for path in PAGES:
        mark = "&" if "?" in path else "?"
        page = client.get(f"{path}{mark}lang=en&draft={draft}{chosen if path == '/compare' else ''}").text
        behind = re.findall(r'<span class="unit">([^<]*)</span>', page)
        assert not [unit for unit in behind if unit[:1].isdigit()], path
        # Cells and blocks are apart on a page; spans and links of one are not.
        text = re.sub(r"</?(?:span|a|strong|b|em|var)(?: [^>]*)?>", " ", page)
        assert not re.findall(r"\d[ \n]+(?:10,000|100 million)[^<]{0,20}", text), path
        signs += text.count("× 10")
    assert signs > 20
