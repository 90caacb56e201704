"""Every sentence that the engine, the command line and the workbook say, in Chinese and English.

The wording lives in `wording/*.toml`, one table per sentence with a `zh` and an `en` template, so that it can be
changed without touching Python. `{name}` in a template is replaced by the value of that name, `{name:one|many}` by the
word that goes with it, since English counts, `{name:inside}` by a name as it is written inside a sentence.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
# What stands between the items of a list.
COMMAS: dict[Lang, str] = {"zh": "、", "en": ", "}
# What stands before the last of them in a sentence.
BEFORE_LAST: dict[Lang, str] = {"zh": "、", "en": " and "}
# The same where the items may hold commas themselves.
SEMICOLONS: dict[Lang, str] = {"zh": "；", "en": "; "}


# Every sentence is written in this way, with quotes and breaks of lines as the only escapes. It is read here in a tenth
# of the time that a reader of all TOML takes, half of what `--help` costs; what is written otherwise is left to that.
_TEXT = r'"([^"\\\n]*(?:\\["n][^"\\\n]*)*)"'
_PLAIN = re.compile(rf"""^\["([^"\\\n]+)"\]\nzh = {_TEXT}\nen = {_TEXT}$""", re.MULTILINE)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All sentences by code, each with its `zh` and `en` template."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(Path(__file__).with_name("wording").glob("*.toml")):
        found |= sentences_in(file.read_text(encoding="utf-8"))
    return found


def sentences_in(text: str) -> dict[str, dict[str, str]]:
    """The sentences of a file by code, in no order.

    >>> sentences_in('["word.end"]\\nzh = "完"\\nen = "the end"\\n')
    {'word.end': {'zh': '完', 'en': 'the end'}}
    """
    plain = {code: {"zh": _unescaped(zh), "en": _unescaped(en)} for code, zh, en in _PLAIN.findall(text)}
    rest = _PLAIN.sub("", text)
    if "[" not in rest:
        return plain
    import tomllib

    return plain | tomllib.loads(rest)


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n") if "\\" in text else text


def say(code: str, lang: Lang, **values: object) -> str:
    """Put the values into the sentence of that code; raises `LookupError` where there is none.

    >>> say("reason.at_ceiling", "en")
    'at its ceiling'
    >>> say("page.board.never", "en", count=1), say("page.board.never", "en", count=2)
    ('1 league has reported nothing at all: ', '2 leagues have reported nothing at all: ')
    """
    try:
        template = catalogue()[code][lang]
    except KeyError:
        raise LookupError(f"nothing says {code} in {lang}: a sentence in agriplan/wording/") from None
    written = "|" in template or _INSIDE in template
    return _WRITTEN.vformat(template, (), values) if written else template.format(**values)


def listed(items: Iterable[str], lang: Lang) -> str:
    """What a sentence lists.

    >>> listed(["a", "b", "c"], "en"), listed(["a"], "en"), listed(["甲", "乙"], "zh")
    ('a, b and c', 'a', '甲、乙')
    """
    *before, last = [*items] or [""]
    return f"{COMMAS[lang].join(before)}{BEFORE_LAST[lang]}{last}" if before else last


def inside(name: str) -> str:
    """The name of a thing inside a sentence, which gives none but proper names and abbreviations a capital.

    >>> inside("Milk output"), inside("GDP"), inside("Ar Horqin forage base"), inside("奶类产量")
    ('milk output', 'GDP', 'Ar Horqin forage base', '奶类产量')
    """
    common = name[:1].isupper() and name[1:2].islower() and not re.search(r"\W[A-Z]", name)
    return name[:1].lower() + name[1:] if common else name


_INSIDE = ":inside}"


class _Written(Formatter):
    """Knows `{count:league|leagues}`, the first where the value of that name is 1, else the second; and `:inside`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """A word that goes by a number, a name inside the sentence, or the value itself."""
        if f":{format_spec}}}" == _INSIDE:
            return inside(str(value))
        one, counted, many = format_spec.partition("|")
        if not counted:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_WRITTEN = _Written()


def without_name(sentence: str, name: str) -> str:
    """A sentence about an indicator, under a heading that names it already.

    >>> without_name("Milk output: surplus.", "Milk output")
    'Surplus.'
    """
    rest = sentence.removeprefix(name).lstrip(":： ") if sentence.startswith(name) else sentence
    return rest[:1].upper() + rest[1:]
