"""However long what was typed is, a sentence about it says only its beginning again."""

import json
import string
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.errors import MOST_ECHOED, MOST_IN_PLACE, Problem
from agriplan.sentences import LANGS, catalogue

LONG = "长x" * 3000
# More than the longest sentence has beside what it says again.
MOST_IN_LINE = 1000
ECHOES = ("word", "id", "login", "typed")
# By what is typed: a command line, beside a scenario file whose content may be what is too long.
TYPED = {
    "an area": (["plan", "--area", LONG], {}),
    "an indicator": (["plan", "--indicator", LONG], {}),
    "a year": (["evaluate", "--as-of", LONG], {}),
    "a command": ([LONG], {}),
    "an option": ([f"--{LONG}"], {}),
    "a key": (["plan", "--scenario", "方案.json"], {LONG: 1}),
    "a key within": (["plan", "--scenario", "方案.json"], {"allocation": {"milk": {LONG: 1}}}),
    "an indicator of a scenario": (["plan", "--scenario", "方案.json"], {"target": {LONG: 1}}),
    "a league of a scenario": (["plan", "--scenario", "方案.json"], {"growth": {"milk": {LONG: 1}}}),
    "a year of a scenario": (["plan", "--scenario", "方案.json"], {"actual": {"milk": {"150500": {LONG: 1}}}}),
    "a number": (["plan", "--scenario", "方案.json"], {"target": {"milk": LONG}}),
    "a rule": (["plan", "--scenario", "方案.json"], {"allocation": {"milk": {"rule": LONG}}}),
    "a criterion": (["plan", "--scenario", "方案.json"], {"allocation": {"milk": {"criteria": {LONG: 1}}}}),
    "a basis": (
        ["plan", "--scenario", "方案.json"],
        {"actual": {"milk": {"150500": {"2022": {"value": 1, "basis": "地" * 40}}}}},
    ),
    "a list": (["plan", "--scenario", "方案.json"], {"target": [LONG]}),
    "a name": (["plan", "--scenario", "方案.json"], {"name": LONG}),
}


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_says_more_of_what_was_typed_than_its_beginning(lang):
    walked = 0
    for code, texts in catalogue().items():
        fields = {field for _, field, _, _ in string.Formatter().parse(texts[lang]) if field}
        echoes = fields.intersection(ECHOES)
        if code.startswith("problem.") and echoes:
            values = dict.fromkeys(fields, "1") | dict.fromkeys(echoes, LONG)
            said = Problem(LONG, code.removeprefix("problem."), values).text(lang)
            assert len(said) <= len(texts[lang]) + MOST_IN_PLACE + texts[lang].count("{") * MOST_ECHOED, code
            walked += 1
    assert walked > 100


@pytest.mark.parametrize("what", TYPED)
def test_what_was_typed_is_told_in_a_line_that_can_be_read(what, tmp_path, monkeypatch):
    words, scenario = TYPED[what]
    monkeypatch.chdir(tmp_path)
    Path("方案.json").write_text(json.dumps(scenario), encoding="utf-8")
    for lang in LANGS:
        result = CliRunner().invoke(main, ["--lang", lang, *words])
        assert result.exit_code == 2
        assert max(map(len, result.stderr.splitlines())) <= MOST_IN_LINE, result.stderr[:300]
