"""What the documents say can be done, and what they point at is there."""

import re
import shlex
import subprocess
from itertools import pairwise
from pathlib import Path

import click
import pytest

from agriplan.cli import main
from agriplan.engine.scenario import parse_json

CHECKOUT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "baselines/*.md", "templates/*.md", "benchmarks/*.md", "tests/**/*.md")
    for page in CHECKOUT.glob(pattern)
)
TEXTS = {str(page.relative_to(CHECKOUT)): page.read_text(encoding="utf-8") for page in PAGES}
# [words](target), but not a picture in a comment and not an address on the web.
LINK = re.compile(r"\[[^\]]+\]\((?!https?://)([^)#\s]+)?(?:#([^)\s]+))?\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page: str):
    lost = []
    for target, anchor in LINK.findall(without_comments(TEXTS[page])):
        file = (CHECKOUT / page).parent / target if target else CHECKOUT / page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            lost.append(f"{target}#{anchor}")
    assert lost == []


@pytest.mark.parametrize("page", TEXTS)
def test_no_page_speaks_of_somebodys_machine(page: str):
    assert not re.search(r"(?<![\w.~])/(home|root|tmp|Users)/", TEXTS[page])


def json_examples() -> list[tuple[str, str]]:
    """JSON blocks of scenarios; API pages show other JSON, marked by an info string of its own."""
    return [
        (page, body)
        for page in ("README.md", "docs/method.md")
        for kind, body in FENCE.findall(TEXTS[page])
        if kind == "json"
    ]


@pytest.mark.parametrize(("page", "example"), json_examples())
def test_json_example_is_a_scenario(page: str, example: str):
    assert parse_json(example).name


def commands(word: str) -> list[tuple[str, str]]:
    """Lines of code blocks that begin with a command; two spaces end it, the rest of the line is prose."""
    lines = (
        (page, line) for page, text in TEXTS.items() for _, body in FENCE.findall(text) for line in body.splitlines()
    )
    return [(page, line.partition("  ")[0]) for page, line in lines if line.startswith(f"{word} ")]


@pytest.mark.parametrize(("page", "command"), commands("agriplan"))
def test_agriplan_command_is_understood(page: str, command: str, tmp_path: Path):
    name, *arguments = shlex.split(command)[1:]
    # Folders that a reader makes first.
    arguments = [str(tmp_path) if before == "--baselines" else word for before, word in pairwise(["", *arguments])]
    known = main.commands[name]
    parser = known.make_parser(click.Context(known))
    parser.parse_args(arguments)


@pytest.mark.parametrize(("page", "command"), commands("make"))
def test_make_command_is_understood(page: str, command: str):
    done = subprocess.run(
        [*shlex.split(command), "--dry-run"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_readme_names_the_two_commands():
    marked = re.findall(r"<!-- (run|tests) -->\n```\n(.+)\n```", TEXTS["README.md"])
    assert marked == [("run", "make run"), ("tests", "make test")]


def test_the_build_machine_runs_the_readmes_test_command():
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    reading = next(line for line in script.splitlines() if line.startswith("command="))
    done = subprocess.run(
        ["sh", "-c", f'{reading}; echo "$command"'], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "make test\n"


def test_every_command_of_agriplan_stands_in_the_readme():
    shown = {shlex.split(command)[1] for page, command in commands("agriplan") if page == "README.md"}
    assert shown == set(main.commands)


def test_every_document_is_linked_from_the_readme_or_a_page_it_links():
    linked: set[Path] = set()
    for page, text in TEXTS.items():
        linked |= {((CHECKOUT / page).parent / target).resolve() for target, _ in LINK.findall(text) if target}
    alone = [page for page in TEXTS if page.startswith("docs/") and (CHECKOUT / page).resolve() not in linked]
    assert alone == []
