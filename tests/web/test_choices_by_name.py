"""A wrong choice on a page is told with the names that its reader chooses among; commands and JSON have codes."""

import html
import re

import pytest
from flask.testing import FlaskClient

from agriplan.baselines.folder import Baselines
from agriplan.baselines.grades import GRADES
from agriplan.engine.allocation import RULES
from agriplan.engine.milestones import PATHS
from agriplan.engine.scenario import parse_scenario
from agriplan.errors import Called, Problem, ScenarioError
from agriplan.sentences import COMMAS, LANGS, Lang, say
from agriplan.web.pages.choices_by_name import with_names
from agriplan.web.pages.overview import MEASURES
from tests.web.reading import send

# Where a choice is made: the field, a word that is none of its, and the sentences that name what there is.
CHOICES = {
    "allocation.milk.rule": ("by_headrom", [f"rule.{one}" for one in RULES]),
    "path.milk": ("lineal", [f"path.{one}" for one in PATHS]),
    "passed.milk": ("kepp", ["passed.keep", "passed.lend"]),
}


def told(page: str, part: str) -> str:
    """What stands in the part of a page that tells what is wrong."""
    found = re.search(rf'<{part}[^>]*role="alert".*?</{part}>', page, re.DOTALL)
    assert found is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[0])).split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", CHOICES)
def test_a_form_names_the_choices_as_it_prints_them(client: FlaskClient, path: str, lang: Lang) -> None:
    word, codes = CHOICES[path]
    said = told(send(client, f"/league/150500?lang={lang}", **{path.replace(".", "__"): word}).text, "section")
    for code in codes:
        assert say(code, lang) in said
        assert code.partition(".")[2] not in said.replace(say(code, lang), "").replace(word, "")


@pytest.mark.parametrize("lang", LANGS)
def test_an_address_and_a_table_are_told_of_the_choices_by_name_and_code(
    client: FlaskClient, baselines: Baselines, lang: Lang
) -> None:
    for address, family, codes in (("/?measure=amont", "page.measure", MEASURES), ("/data?grade=x", "grade", GRADES)):
        page = client.get(f"{address}&lang={lang}").text
        called = [Called(one, *(say(f"{family}.{one}", each) for each in LANGS)) for one in codes]
        listed = COMMAS[lang].join(one.text(lang) for one in called)
        assert listed in html.unescape(page), address
    bases = sorted(baselines.header.known_bases)
    known = tuple(Called(one, baselines.basis_name(one, "zh"), baselines.basis_name(one, "en")) for one in bases)
    problem = with_names(Problem("", "take_unknown", {"what": "", "word": "x", "known": known}), lang)
    assert problem.values["known"] == [baselines.basis_name(one, lang) for one in bases]


def test_json_and_commands_are_told_of_the_choices_by_code() -> None:
    for path, (word, codes) in CHOICES.items():
        first, *rest = path.split(".")
        asked: object = word
        for step in reversed(rest):
            asked = {step: asked}
        with pytest.raises(ScenarioError) as error:
            parse_scenario({first: asked})
        assert all(code.partition(".")[2] in error.value.problems[0].text("zh") for code in codes)
