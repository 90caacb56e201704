"""What a Chinese reader is shown is Chinese, an English reader English: workbooks, JSON, CSV, problems.

The pages are walked by `tests/web/test_pages_words.py`.
"""

import html
import io
import json
import re
import tomllib
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from agriplan import sentences
from agriplan.analysis.entries import say_problem
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import ScenarioError
from agriplan.places import baselines_folder
from agriplan.report.observed_csv import CODES, observed_csv
from agriplan.report.plan_json import to_json
from agriplan.report.tidy import tidy
from agriplan.sentences import catalogue, sentences_in
from agriplan.typed_numbers import SIGNS_OF_NO_FIGURE
from agriplan.workbook.files import load_template, write_workbook
from tests.thoroughness import FULL
from tests.workbook.filling_in import loaded

WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names of programs, standards, methods and functions, which have no Chinese.
KNOWN = re.compile(
    r"Excel|WPS|Word|LibreOffice|CSV|JSON|API|MAPE|MASE|NY/T|min|max|UTF-8|xlsx|xlsm|xlsb|xls|ods|numbers|PDF|DTD|GB/T|txt|[a-z_]+\.csv|csv"
)
BUSY = {
    "name": "通辽提速",
    "growth": {"milk": {"150000": 15, "150500": 0.08}, "livestock_units": {"150500": 30}},
    "unit_value_growth": {"beef_cattle_value": 9},
    "allocation": {
        "milk": {"rule": "by_criteria", "criteria": "entropy", "max_growth": "none"},
        "forage_value": {"max_growth": 3, "floor": {"150500": 20}, "ceiling": {"150500": 10}},
        "improved_breed_rate": {"lock": {"150500": {"target": 98}}},
    },
    "limits_why": {"forage_value": {"150500": "会议商定"}},
    "baseline": {"milk_output": {"150500": {"value": 36, "source": "通辽市统计局"}}},
    "actual": {"milk": {"150500": {"2021": 380}}},
}


# The same in an English reader's own words; names and reasons that a person typed stay as they were typed.
IN_ENGLISH = BUSY | {
    "name": "Tongliao faster",
    "limits_why": {"forage_value": {"150500": "agreed in the meeting"}},
    "baseline": {"milk_output": {"150500": {"value": 36, "source": "statistics office of Tongliao"}}},
}


FAMILIES = {"note", "likelihood", "caution", "entry", "reason", "range", "why", "feasibility", "status", "check"}


def english(text: str) -> list[str]:
    """The Latin words of a text, without those that are the same in Chinese."""
    return WORD.findall(KNOWN.sub("", text))


@pytest.fixture(scope="module", params=[{}, BUSY], ids=["default", "busy"])
def some_plan(request, baselines, suggestions):
    return make_plan(parse_scenario(request.param), baselines, suggestions)


# With every run what was entered, beside which the rest is as by default: of a league in Chinese, of the region in
# English.
@pytest.mark.parametrize(
    ("some_plan", "area"),
    list(product([{}, BUSY], ["150500", "150000"])) if FULL else [(BUSY, "150500")],
    indirect=["some_plan"],
)
def test_no_english_stands_on_the_paper_of_a_chinese_workbook(some_plan, area, baselines):
    data = write_workbook(some_plan, area, load_template(None, "zh"), "zh")
    # Sources are cited as they are called: their titles, publishers, addresses and marks are data.
    columns = ("source", "title_zh", "publisher_zh", "address")
    cited = {str(value) for column in columns for value in baselines.sources[column]}
    found = {}
    for sheet in loaded(data, data_only=True):
        if not sheet.print_area:
            continue
        left, top, right, bottom = range_boundaries(str(sheet.print_area).split("!")[-1].replace("$", ""))
        for row in sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right):
            for cell in row:
                text = str(cell.value) if isinstance(cell.value, str) else ""
                text = text.replace(some_plan.fingerprint, "")
                if text not in cited and english(text):
                    found[f"{sheet.title}!{cell.coordinate}"] = text
    assert found == {}


@pytest.mark.parametrize(
    ("entered", "area"), list(product([{}, IN_ENGLISH], ["150500", "150000"])) if FULL else [(IN_ENGLISH, "150000")]
)
def test_no_chinese_stands_in_an_english_workbook(entered, area, baselines, suggestions):
    plan = make_plan(parse_scenario(entered), baselines, suggestions)
    data = write_workbook(plan, area, load_template(None, "en"), "en")
    # What a planner of either language may type for "no figure" stands beside the print area, for the checks to know.
    found = {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in loaded(data, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and CHINESE.search(cell.value)
    }
    assert {place: text for place, text in found.items() if text not in SIGNS_OF_NO_FIGURE} == {}
    assert all(re.fullmatch(r"Assumptions!([Q-Z]|[A-Z]{2})\d+", place) for place in found), found


def test_columns_of_the_csv_are_in_the_language_that_they_say(some_plan, baselines, suggestions):
    table = tidy(some_plan)
    chinese = [name for name in table if name.endswith("_zh") or name == "unit"]
    assert {"area_zh", "indicator_zh", "measure_zh", "text_zh", "unit"} <= set(chinese)
    typed = {"entered.name"}
    shown = table[~table["measure"].isin(typed)]
    assert {text for name in chinese for text in shown[name].dropna() if english(text)} == set()
    plan = make_plan(parse_scenario(IN_ENGLISH if some_plan.scenario.name else {}), baselines, suggestions)
    table = tidy(plan)
    others = [name for name in table if name.endswith("_en")]
    assert {"area_en", "text_en", "unit_en"} <= set(others)
    assert {text for name in others for text in table[name].dropna() if CHINESE.search(text)} == set()


def test_every_code_of_the_observed_figures_has_a_word_beside_it(baselines):
    table = pd.read_csv(io.StringIO(observed_csv(baselines.observed, baselines).lstrip("\ufeff")), dtype=str)
    cited = {str(value) for column in ("title_zh", "publisher_zh") for value in baselines.sources[column]}
    for code in CODES:
        assert table[f"{code}_zh"].notna().all()
        assert [text for text in set(table[f"{code}_zh"]) - cited if english(text)] == []
        assert [text for text in set(table[f"{code}_en"]) if CHINESE.search(text)] == []


def test_every_code_of_the_csv_has_a_word_beside_it(some_plan):
    """A code stands for other programs, its words for people; identities and what a person typed have none."""
    table = tidy(some_plan)
    told = table[table["text"].notna() & ~table["measure"].str.startswith(("entered.", "fingerprint", "data_version"))]
    assert set(told.loc[told["text_zh"].isna() | told["text_en"].isna(), "measure"]) == set()


def test_chinese_sentences_of_the_json_are_chinese(some_plan):
    def walk(value, place=""):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{place}.{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from walk(inner, f"{place}[{number}]")
        elif isinstance(value, str) and (place.endswith((".zh", "_zh"))):
            yield place, value

    told = dict(walk(json.loads(to_json(some_plan))))
    assert len(told) > 100
    assert {place: text for place, text in told.items() if english(text)} == {}


def test_the_sentences_of_every_file_are_those_that_a_reader_of_toml_finds():
    files = list((Path(sentences.__file__).parent / "wording").glob("*.toml"))
    assert len(files) > 20
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert sentences_in(text) == tomllib.loads(text), file.name


def test_every_chinese_sentence_of_the_catalogue_is_chinese_but_for_what_it_names():
    found = {}
    for code, sentence in catalogue().items():
        text = html.unescape(re.sub(r"\{\w+\}", "", sentence["zh"]))
        if english(text) and code.startswith(
            ("note.", "likelihood.", "caution.", "entry.", "reason.", "range.", "why.")
        ):
            found[code] = text
    assert found == {}


def test_times_is_a_sign_of_its_own_and_no_letter():
    texts = [sentence[lang] for sentence in catalogue().values() for lang in ("zh", "en")]
    folder = baselines_folder()
    texts += [file.read_text(encoding="utf-8-sig") for file in folder.glob("*.csv")]
    texts += [
        leaf for file in folder.glob("*.toml") for leaf in _texts(tomllib.loads(file.read_text(encoding="utf-8")))
    ]
    assert [text for text in texts if re.search(r"[\d}] x [\d{]", text)] == []


def _texts(entry):
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict | list):
        for one in entry.values() if isinstance(entry, dict) else entry:
            yield from _texts(one)


def test_a_problem_names_its_entry_in_words(baselines, suggestions):
    wrong = {
        "allocation": {"milk": {"lock": {"150300": 3}, "floor": {"150500": -1}}},
        "target": {"improved_breed_rate": 101},
        "limits_why": {"milk": {"150300": "x"}},
    }
    for entered in ({"allocation": {"milk": {"lock": {"150300": 3}}}, "target": {"improved_breed_rate": 101}}, wrong):
        with pytest.raises(ScenarioError) as refused:
            make_plan(parse_scenario(entered), baselines, suggestions)
        for problem in refused.value.problems:
            said = say_problem(problem, baselines, "zh")
            assert not english(said.partition(":")[0]), said


# What is written with narrow marks on purpose: formulas, what is typed as it stands, a text of the template, too.
WRITTEN_NARROW = re.compile(r"min\(.*\)\)|\(1 [+−] [^)]*\)|代号:类型:指标|\w+:amount:羊绒产量|:单位产值|:存栏指标")


def test_chinese_sentences_have_chinese_marks():
    """A comma, semicolon or bracket beside a Chinese letter is a Chinese one."""
    narrow = {}
    for code, words in catalogue().items():
        bare = WRITTEN_NARROW.sub("", words["zh"])
        if found := re.findall(r"[\u4e00-\u9fff”）》%][,;:!?(]|[,;:!?)][\u4e00-\u9fff“（《]", bare):
            narrow[code] = found
    assert narrow == {}
