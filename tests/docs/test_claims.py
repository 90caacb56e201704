"""What the documents and the help say in numbers is so, or carries the day on which it was measured."""

import re
from functools import reduce
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.settings import Settings
from tests.docs.claims import CLAIMS

CHECKOUT = Path(__file__).parents[2]
# Not here: pages whose figures other tests make anew (method, settings, template), what shows how good projections are
# (projection, whose command takes twenty minutes), and the list of changes, which tells what was so at the time.
PAGES = (
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "baselines/README.md", "deploy/README.md"),
    *(f"docs/{name}.md" for name in ("api", "architecture", "brief", "decisions", "evaluation", "service", "storage")),
    *(f"docs/{name}.md" for name in ("tables", "usability")),
)
DATED = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d|\b20\d\d-\d\d-\d\d")
NUMBER = r"(?<![\w.])(?:\d[\d,]*(?:\.\d+)?|two|three|four|five|six|eight|ten|twelve|thirteen|twenty|(?:two )?hundred)"
MEASURED = r"(?:[KMG]i?B|[mµ]?s|(?:milli)?seconds?|minutes?|connections|characters|rows|cells|threads)"
CLAIM = re.compile(rf"{NUMBER}[ \u00a0]?{MEASURED}\b|\d+ ?(?:秒|兆|行|列|格|倍)")
# Whole sizes of packages, without what Python compiles by itself; a wheel of another machine may differ a little.
SIZES = re.compile(r"^\| ([\w-]+) \| ([\d.]+) \| .+? \| .+? \| ([\d.]+) \| .+? \|$", re.MULTILINE)
BROUGHT = re.compile(r"brings (lxml|SciPy)[^|]*?([\d.]+) MB|another ([\d.]+) MB")


def paragraphs(page: str) -> list[str]:
    """What is said together, in one line each: a table or code belongs to the words before it, code says nothing."""
    text = re.sub(r"^```.*?^```", "", (CHECKOUT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\n\n(?=\|)", "\n", text)
    return [re.sub(r"\s+", " ", part) for part in re.split(r"\n\n|\n(?=- |\d\. )", text)]


@pytest.mark.parametrize("page", CLAIMS)
def test_what_a_page_says_in_numbers_is_what_the_code_says(page: str):
    said = " ".join(paragraphs(page))
    wrong = [told for told in (row.format(*values()) for row, values in CLAIMS[page]) if told not in said]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_every_number_that_was_measured_is_compared_or_carries_its_day(page: str):
    compared = [row.format(*values()) for row, values in CLAIMS.get(page, ())]
    bare = []
    for part in paragraphs(page):
        rest = reduce(lambda said, sentence: said.replace(sentence, ""), compared, part)
        if not DATED.search(rest):
            bare += [rest[max(0, found.start() - 30) : found.end() + 20] for found in CLAIM.finditer(rest)]
    assert bare == []


def size_of(package: str) -> float:
    """Megabytes of a package as installed."""
    files = [Path(str(one.locate())) for one in metadata.files(package) or ()]
    return sum(one.stat().st_size for one in files if one.is_file() and one.suffix != ".pyc") / 1e6


def test_packages_are_as_large_as_the_page_of_dependencies_says():
    page = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = {name: float(size) for name, version, size in SIZES.findall(page) if metadata.version(name) == version}
    told |= {name.lower() or "psycopg-binary": float(one or other) for name, one, other in BROUGHT.findall(page)}
    assert {"lxml", "scipy", "psycopg-binary", "pandas"} <= set(told)
    wrong = {name: (size, round(size_of(name), 1)) for name, size in told.items()
             if abs(size_of(name) - size) > 0.1 + size / 20}  # fmt: skip
    assert wrong == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_says_the_defaults_that_the_service_has(lang: str):
    told = CliRunner().invoke(main, ["--lang", lang, "serve", "--help"]).stdout
    assert Settings().host in told
    assert f"{Settings().port}" in told
