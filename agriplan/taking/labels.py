"""One label of a table taken to pieces: area, year, unit, thing, sort of figure; and what of it nobody understands."""

import re
from dataclasses import dataclass, replace

from agriplan.parsing import FIRST_YEAR
from agriplan.taking.cells import without_marks
from agriplan.taking.units import read_units
from agriplan.taking.vocabulary import listed_words
from agriplan.taking.words import WHOLE_YEAR, Words, is_chinese, plain

# What stands before a label: a number of its own, or that it is a part of the one above.
_LEAD = re.compile(
    r"""^(?:其中[::]?|\#|of\ which:?|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d)
    |表\s*\d+[-\d]*\s*)+""",
    re.VERBOSE,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?(?:末|底|度)?")
_BOOK = re.compile(r"年鉴\D{0,3}(?:19|20)\d\d|(?:19|20)\d\d年?(?:卷|年鉴)|yearbook,?\s*(?:19|20)\d\d")
_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\))?[^()]*)\)")
_LATIN = re.compile(r"[a-z][a-z ,.'&-]*[a-z.]|\b[a-z]\b")
_REST = " :,、;-_/"
_INCLUDING = ("含", "包括", "including", "incl")
_KIND_BEHIND = re.compile(r"^ (?:city|league|municipality)(?= |$)")
_DIGITS = "一二三四五六七八九"  # whatever else a year has is a zero: 〇, ○, 零
_CHINESE_YEAR = re.compile(r"([一二][一二三四五六七八九〇○零]{3})年")
_SHORT_YEAR = re.compile(r"[\'’]?(\d\d)年(?:末|底|度)?")
# A footnote's sign may also be a small letter in brackets behind a name; it is no unit and no word of any plan.
_FOOTNOTE = re.compile(r"^[a-z]$|^\d{1,2}$|^注\d*$")


@dataclass(frozen=True)
class Label:
    """What a label says. `rest` is what nobody understood: a figure under such a label is none of ours."""

    text: str
    area: str = ""
    is_sum: bool = False
    year: int | None = None
    units: tuple[str, ...] = ()
    indicator: str = ""
    core: str = ""
    sort: str = ""
    other: bool = False
    part: bool = False
    planned: bool = False
    expected: str = ""
    """The word by which it says that figures are quick or expected ones: 快报, 预计."""
    includes: str = ""
    """What an area is said to include: 含满洲里."""
    short_year: bool = False
    """Whether the year was written with two digits."""
    commitment: str = ""
    """The id of the commitment that it names, where that is a product of two figures and so none of ours."""
    rest: str = ""
    areas: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    """All that a title names; `area` and `year` are what it names alone."""
    own: bool = False
    """Whether the label is itself the name of an area: nothing but that."""

    @property
    def kind(self) -> str:
        """What it names: "area", "thing", "year", "unit", another "word" of tables; nothing if it is not understood."""
        if self.other or self.part:
            return "word"
        if self.rest:
            return ""
        if self.area or self.is_sum:
            return "area"
        if self.core or self.indicator or self.sort or self.commitment:
            return "thing"
        bare = _BRACKETS.sub("", plain(self.text))
        return "year" if self.year else "unit" if self.units else "word" if any(map(str.isalpha, bare)) else ""


def read_label(text: str, words: Words) -> Label:
    """Take a label to pieces."""
    whole = _with_digits(plain(WHOLE_YEAR.sub("", without_marks(text))))
    label = Label(text, other=words.is_other(whole), part=words.is_part_of_year(whole))
    if is_chinese(whole):
        # A translation beside the Chinese words says the same once more.
        whole = _without_translation(whole)
    bare = _LEAD.sub("", whole).strip()
    if named := _by_full_name(label, bare, words):
        return named
    label, bare = _take_expected(*_from_brackets(label, bare, words), words)
    if named := _by_full_name(label, bare, words):
        return named
    if units := read_units(bare) if bare else []:
        return replace(label, units=(*label.units, *units))
    label, bare = _take_year(label, bare)
    label, bare = _take_unit_behind(label, bare)
    if named_area := words.area_called(bare):
        return replace(label, area=named_area.code, own=True)
    if bare in words.sums:
        return replace(label, is_sum=True, own=True)
    return _take_thing(*_take_area(label, bare, words), words)


def read_title(text: str, words: Words) -> Label:
    """A title, of which only what is certain counts: one area, one year, one thing, a unit; the rest is prose."""
    whole = _with_digits(plain(without_marks(text)))
    label = Label(text, other=words.is_other(whole), part=words.is_part_of_year(whole))
    label = replace(label, planned=words.is_planned(whole), expected=words.provisional_in(whole))
    label, bare = _from_brackets(label, whole, words)
    if marked := re.search(r"(?:计量)?单位[::]\s*([^\s]+.*)$|^units?\s+(.+)$|(?<![a-z])units?[::]\s*(.+)$", bare):
        label = replace(label, units=(*label.units, *read_units(next(filter(None, marked.groups())).strip())))
    years = frozenset(int(found[1]) for found in _YEAR.finditer(_BOOK.sub("", bare)))
    years |= {label.year} if label.year else set()
    areas = frozenset(
        area.code for name, area in words.areas.items() if len(name) > 1 and name in bare and not name.isdigit()
    )
    return replace(
        label,
        area=next(iter(areas)) if len(areas) == 1 else "",
        year=next(iter(years)) if len(years) == 1 else None,
        areas=areas,
        years=years,
        commitment=words.worked_out_in(bare),
        core=words.core_in(WHOLE_YEAR.sub(" ", bare.replace(label.expected, " ") if label.expected else bare)),
        sort=words.sort_in(bare),
    )


def _by_full_name(label: Label, bare: str, words: Words) -> Label | None:
    """An indicator or a commitment by its own full name; None where the text is neither."""
    if bare in words.worked_out:
        return replace(label, commitment=words.worked_out[bare].id)
    if bare not in words.exact:
        return None
    thing = words.things[bare]
    return replace(label, indicator=words.exact[bare], core=thing.core, sort=thing.sort)


def _without_translation(text: str) -> str:
    """Chinese words without the English beside them; what stands in brackets may be a unit and stays."""
    outside = re.split(r"(\([^()]*\))", text)
    kept = "".join(part if part.startswith("(") else _LATIN.sub("", part) for part in outside)
    return plain(kept)


def _from_brackets(label: Label, text: str, words: Words) -> tuple[Label, str]:
    for found in _BRACKETS.findall(text):
        inner = found.strip()
        # 万头(只) is one unit: what stands before the bracket belongs to it.
        double = re.search(r"([十百千万亿]+\w)\(" + re.escape(found) + r"\)", text)
        if double and (units := read_units(f"{double[1]}({inner})")):
            label, text = replace(label, units=(*label.units, *units)), text.replace(double[0], " ")
            continue
        text = text.replace(f"({found})", " ")
        year = _YEAR.fullmatch(inner)
        if units := read_units(inner):
            label = replace(label, units=(*label.units, *units))
        elif year:
            label = replace(label, year=int(year[1]))
        elif inner.startswith(_INCLUDING):
            label = replace(label, includes=inner)
        elif (
            word := words.provisional_in(inner)
            if inner in {*listed_words("expected"), *listed_words("provisional")}
            else ""
        ):
            label = replace(label, expected=word)
        elif inner and not _FOOTNOTE.match(inner) and inner not in words.empty:
            label = replace(label, rest=label.rest + inner)
    return label, plain(text)


def _with_digits(text: str) -> str:
    """A year in Chinese digits as one in digits.

    >>> _with_digits("二〇二四年牛奶产量"), _with_digits("二○二一年"), _with_digits("二十头")
    ('2024年牛奶产量', '2021年', '二十头')
    """
    return _CHINESE_YEAR.sub(lambda found: "".join(str(_DIGITS.find(one) + 1) for one in found[1]) + "年", text)


def _take_expected(label: Label, text: str, words: Words) -> tuple[Label, str]:
    """The word that says that figures are quick or expected ones, before or behind what they are of: 2023年快报."""
    if not (word := words.provisional_in(text)):
        return label, text
    rest = text.removesuffix(word) if text.endswith(word) else text.removeprefix(word)
    return (replace(label, expected=word), rest.strip(_REST)) if rest != text else (label, text)


def _take_year(label: Label, text: str) -> tuple[Label, str]:
    if short := _SHORT_YEAR.fullmatch(text):
        return replace(label, year=_of_century(int(short[1])), short_year=True), ""
    years = {int(found[1]) for found in _YEAR.finditer(text)}
    if len(years) == 1 and label.year in (None, *years):
        return replace(label, year=years.pop()), _YEAR.sub("", text).strip(_REST)
    return (replace(label, rest=label.rest + text), text) if years else (label, text)


def _of_century(digits: int) -> int:
    """The year that two digits mean, of those that a figure may have.

    >>> _of_century(21), _of_century(98)
    (2021, 1998)
    """
    return 1900 + digits if 1900 + digits >= FIRST_YEAR else 2000 + digits


def _take_unit_behind(label: Label, text: str) -> tuple[Label, str]:
    before, sign, behind = text.rpartition(next((one for one in (",", ":", "、") if one in text), "\0"))
    if sign and (units := read_units(behind)):
        return replace(label, units=(*label.units, *units)), before.strip(_REST)
    return label, text


def _take_area(label: Label, text: str, words: Words) -> tuple[Label, str]:
    """An area's name before an indicator's: 通辽市牛奶产量."""
    if label.area:
        return label, text
    name = max((name for name in words.areas if text.startswith(name) and not name.isdigit()), key=len, default="")
    return (
        (replace(label, area=words.areas[name].code), _KIND_BEHIND.sub("", text.removeprefix(name)).strip(_REST))
        if name
        else (label, text)
    )


def _take_thing(label: Label, text: str, words: Words) -> Label:
    """A thing, a sort of figure, or both; what is left over is not understood."""
    bare = text.strip(_REST)
    if not bare or bare in words.empty or bare in words.groups:
        return label
    if named := _by_full_name(label, bare, words):
        return named
    for core in ("", *words.cores):
        if not bare.startswith(core):
            continue
        behind = bare.removeprefix(core).strip(_REST)
        sort = words.sorts.get(behind) or next(
            (one for word, one in words.sorts.items() if behind in _counted(word)), ""
        )
        if sort or (core and (not behind or behind in words.empty)):
            return replace(label, core=core, sort=sort)
    # 大牲畜年底头数: the sort of what stands below, of a thing that is none of ours.
    for word, sort in words.sorts.items():
        if bare.endswith(word) and bare.removesuffix(word) in words.groups:
            return replace(label, sort=sort)
    return replace(label, rest=label.rest + bare)


def _counted(word: str) -> tuple[str, ...]:
    """A sort of figure with a word that counts behind it: 存栏数, 存栏头数, 出栏量."""
    return tuple(word + behind for behind in ("数", "量", "头数", "只数", "数量"))
