"""Fixed text names nothing of one plan: indicators, leagues and years come from the data, rates where it has one."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from click.testing import CliRunner
from docx import Document

from agriplan.analysis.evaluation import Evaluation, evaluate
from agriplan.analysis.unit_words import units_of_growth
from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_as_of, suggestions_for
from agriplan.places import templates_folder
from agriplan.report.brief.document import write_brief
from agriplan.sentences import LANGS, catalogue
from agriplan.settings import read_settings
from agriplan.web import app as web_app

# Words that this plan's names have in common with what the project is about, whatever the plan.
GENERAL = {
    "zh": {"单位产值", "牲畜存栏", "按市价折", "市价折算", "农牧业目", "牧业目标"},
    "en": {"unit of", "livestock and", "and forage", "chain value", "commitments of"},
}
# Sentences that show how something is written, by an example.
EXAMPLES = {"problem.add_shape", "problem.caution_date"}
LEAST = 4  # characters of a Chinese name that are no accident
OF_RATES = re.compile("良种|比率|比例|breed|weighted|points a year|points for", re.IGNORECASE)


def pieces(text: str, lang: str) -> set[str]:
    """What a name may be known by within a text: runs of Chinese characters, English words and pairs of them."""
    if lang == "zh":
        found = re.findall(f"(?=([\u4e00-\u9fff]{{{LEAST}}}))", text)
        return {*found, *re.findall("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{3}(?![\u4e00-\u9fff])", text)}
    words = re.findall("[a-z]+|[^a-z ]", text.lower())
    return {*words, *(f"{one} {two}" for one, two in pairwise(words) if (one + two).isalpha())}


def fixed_texts() -> Iterator[tuple[str, str]]:
    """Every text that does not come from the data, with its place."""
    for code, words in catalogue().items():
        if code not in EXAMPLES:
            yield from ((f"{code} ({lang})", words[lang]) for lang in LANGS)
    for path in sorted(templates_folder().iterdir()):
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                if part.endswith(".xml") and not part.startswith("docProps"):
                    for text in re.findall(
                        r"<(?:w:)?t(?: [^>]*)?>([^<]*)", package.read(part).decode(errors="replace")
                    ):
                        yield f"{path.name}: {part}", html.unescape(text)


def test_no_fixed_text_names_an_indicator_league_or_year_of_the_plan(baselines):
    named = [*baselines.indicators.values(), *baselines.commitments, *baselines.areas.values(), baselines.header]
    known = {lang: {piece for one in named for piece in pieces(one.name(lang), lang)} - GENERAL[lang] for lang in LANGS}
    # A single English word is a league's name, or means any animal.
    leagues = {one.name_en.lower() for one in baselines.leagues}
    known["en"] = {piece for piece in known["en"] if " " in piece} | leagues
    years = {str(year) for year in baselines.years}
    assert min(map(len, known.values())) > 40
    wrong, met = {}, 0
    for place, text in fixed_texts():
        met += 1
        plain = re.sub(r"\{[^{}]*\}", "{}", text)
        hits = {piece for lang in LANGS for piece in pieces(plain, lang) & known[lang]}
        hits |= years & set(re.findall(r"\d+", plain))
        if hits:
            wrong[place] = hits
    assert wrong == {}
    assert met > 2000


@pytest.fixture(scope="module")
def milk_only(tmp_path_factory):
    """A plan without a rate."""
    folder = tmp_path_factory.mktemp("milk") / "plan"
    told = CliRunner().invoke(main, ["init", str(folder), "--indicator", "milk"])
    assert told.exit_code == 0, told.output
    return folder


@pytest.fixture(scope="module")
def without_rates(milk_only) -> Evaluation:
    data = read_baselines(milk_only)
    suggestions = suggestions_for(data)
    return evaluate(make_plan(Scenario(), data, suggestions), suggestions_as_of(data, suggestions, 2022), 2022)


def everything_said(brief: bytes) -> str:
    """The text of a brief, its charts' too."""
    with zipfile.ZipFile(io.BytesIO(brief)) as package:
        parts = [name for name in package.namelist() if name.startswith(("word/document", "word/charts/"))]
        return " ".join(re.sub("<[^>]+>", " ", package.read(part).decode()) for part in parts)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", ["150000", "150500"])
def test_a_brief_speaks_of_rates_only_where_the_plan_has_one(without_rates, plan, suggestions, code, lang):
    assert OF_RATES.findall(everything_said(write_brief(without_rates, code, lang))) == []
    with_rates = evaluate(plan, suggestions_as_of(plan.baselines, suggestions, 2022), 2022)
    said = everything_said(write_brief(with_rates, code, lang))
    assert {"zh": "（%，畜禽良种化率为百分点）", "en": "(%, points for improved breeds)"}[lang] in said


@pytest.mark.parametrize("lang", LANGS)
def test_pages_speak_of_rates_only_where_the_plan_has_one(milk_only, tmp_path, lang):
    settings = {"baselines": milk_only, "database": f"sqlite:///{tmp_path / 'store.sqlite3'}", "secret_key": "k" * 32}
    client = web_app.create_app(read_settings(**settings)).test_client()
    fixed = "% or (?:percentage )?points|或个百分点|百分点）|points for|points a year|个百分点/年"
    for address, words in (("/evaluation?as_of=2022", f"良种|breed|{fixed}"), ("/league/150500?", fixed)):
        page = client.get(f"{address}&lang={lang}")
        assert page.status_code == 200
        assert re.findall(words, page.text) == [], address


@pytest.mark.parametrize("lang", LANGS)
def test_growths_side_by_side_are_in_the_units_of_their_indicators(baselines, lang):
    rates = [one for one in baselines.commitments if one.is_rate]
    amounts = [one for one in baselines.commitments if not one.is_rate]
    told = [units_of_growth(some, lang) for some in (amounts, rates, [*amounts, *rates])]
    assert (
        told
        == {
            "zh": ["%", "百分点", "%，畜禽良种化率为百分点"],
            "en": ["%", "points", "%, points for improved breeds"],
        }[lang]
    )


@pytest.mark.parametrize("name", ["brief.docx", "brief.en.docx"])
def test_the_notes_under_the_tables_come_from_the_engine(name):
    text = "\n".join(one.text for one in Document(str(templates_folder() / name)).paragraphs)
    for token in ("table_note", "task_note", "growth_note"):
        assert f"{{{{ brief.{token} }}}}" in text


@pytest.mark.parametrize(("lang", "word"), [("zh", "估算"), ("en", "estimated")])
def test_what_is_carried_on_has_one_word_and_it_is_no_grade(lang, word):
    told = {code: re.findall(r"[\w]+", text[lang])[-1] for code, text in catalogue().items() if "estimated" in code}
    short = ("page.evaluation.estimated", "brief.estimated", "table.estimated", "short.estimated")
    assert {code: told[code] for code in short} == dict.fromkeys(short, word)
    grades = {text[lang] for code, text in catalogue().items() if code.startswith("grade.")}
    assert len(grades) >= 5
    assert word not in grades
    assert word in catalogue()["evaluation.thresholds"][lang].lower()
    assert word in catalogue()["brief.note.estimated"][lang].lower()
