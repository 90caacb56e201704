"""An entry has one word: that of its field on a page stands in lists of changes, and over its cell in a workbook."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from agriplan.analysis.entries import is_entry, say_steps
from agriplan.baselines.folder import Baselines
from agriplan.sentences import LANGS, Lang, say
from tests.test_one_word_for_one_thing import texts
from tests.web.reading import VOID

FORMS = ("/league/150500", "/indicator/milk", "/indicator/beef_cattle_value", "/evaluation", "/actuals/150500")
LABEL = re.compile(r'<label[^>]* for="f-([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)
FRAMES = {"details": "summary", "fieldset": "legend"}
KINDS = {"growth", "target", "reserve", "margin", "max_growth", "rule", "path", "floor", "ceiling", "lock", "shares",
         "criteria", "actual", "passed", "number", "targets", "as_of", "status_margin", "limits_why",
         "unit_value_growth", "preliminary", "definition", "price_year", "basis", "source"}  # fmt: skip


class Fields(HTMLParser):
    """What a person reads at every field: its label, and the heads of what it is folded or framed in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._labels = {name: re.sub(r"<[^>]+>", "", text) for name, text in LABEL.findall(page)}
        self._frames: list[list[str]] = []
        self._open: list[str] = []
        self.read: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in FRAMES:
            self._frames.append([])
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"input", "select", "textarea"} and is_entry(name := named.get("name", "")):
            heads = [head for frame in self._frames for head in frame]
            self.read[name] = " ".join([*heads, self._labels.get(name, ""), named.get("aria-label", "")])

    def handle_endtag(self, tag: str) -> None:
        if tag in FRAMES:
            self._frames.pop()
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._frames and self._open and self._open[-1] in FRAMES.values():
            self._frames[-1].append(data)


def word_of(path: str, data: Baselines, lang: Lang) -> str:
    """What is set there, as a list of changes calls it; of what an entry is made of, that part's own word."""
    last = path.rpartition(".")[2]
    if path.startswith("actual.") and not last.isdigit():
        return say(f"entry.{last}", lang)
    return say_steps(path, data, lang)[0].split(say("entry.separator", lang))[-1]


def kind_of(path: str) -> str:
    parts = path.split(".")
    return next(one for one in (parts[-1], *parts[2:3], *parts[1:2], parts[0]) if one in KINDS or one == parts[0])


@pytest.mark.parametrize("lang", LANGS)
def test_a_field_is_called_what_the_list_of_changes_calls_its_entry(
    client: FlaskClient, baselines: Baselines, lang: Lang
) -> None:
    pages = [client.get(f"{page}?lang={lang}").text for page in FORMS]
    fields = {name: read for page in pages for name, read in Fields(page).read.items()}
    assert {kind_of(name) for name in fields} >= KINDS
    amiss = {
        (word, read)
        for name, read in fields.items()
        if not name.startswith("baseline.")  # an own figure is called by what it is of
        if (word := word_of(name, baselines, lang)).casefold() not in " ".join(read.split()).casefold()
    }
    assert amiss == set()


def heads(lang: str) -> Iterator[str]:
    for _, text in texts(lang):
        yield from re.findall(r"<t[^>]*>([^<]*)</t>", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("entry", ["reserve", "margin", "path", "rule", "floor", "ceiling", "lock"])
def test_a_workbook_calls_a_share_of_the_gap_what_pages_call_it(entry: str, lang: Lang) -> None:
    word = say(f"entry.{entry}", lang).split()[-1].casefold()
    assert any(word in head.casefold() for head in heads(lang)), word
