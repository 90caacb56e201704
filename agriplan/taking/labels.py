"""One label of a table taken to pieces: area, year, unit, thing, sort of figure; and what of it nobody understands."""

import re
from dataclasses import replace
from datetime import date

from agriplan.taking.cells import without_marks
from agriplan.taking.label import BRACKETS, Label
from agriplan.taking.label_years import day_in, of_century, with_digits
from agriplan.taking.units import read_units, unit_at_end
from agriplan.taking.vocabulary import listed_words
from agriplan.taking.words import WHOLE_YEAR, Words, is_chinese, plain

# What stands before a label: a number of its own, or that it is a part of the one above.
_LEAD = re.compile(
    r"""^(?:其中[::]?|\#|of\ which:?|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d)
    |表\s*\d+[-\d]*\s*)+""",
    re.VERBOSE,
)
_OF_WHICH = re.compile(r"^[^a-z\u4e00-\u9fff]*(?:[一二三四五六七八九十]+、)?(?:其中|\#|of which)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?(?:末|底|度)?")
_BOOK = re.compile(r"年鉴\D{0,3}(?:19|20)\d\d|(?:19|20)\d\d年?(?:卷|年鉴)|yearbook,?\s*(?:19|20)\d\d")
_LATIN = re.compile(r"[a-z][a-z ,.'&-]*[a-z.]|\b[a-z]\b")
# What parts thousands parts no unit from a name.
_SIGNS_BEFORE_UNIT = re.compile(r"(?<!\d)[,:、]|[,:、](?!\d)")
_REST = " :,、;-_/"
_INCLUDING = ("含", "包括", "including", "incl")
_KIND_BEHIND = re.compile(r"^ (?:city|league|municipality)(?= |$)")
_SHORT_YEAR = re.compile(r"[\'’]?(\d\d)年(?:末|底|度)?")
# A footnote's sign may also be a small letter in brackets behind a name; it is no unit and no word of any plan.
_FOOTNOTE = re.compile(r"^[a-z]$|^\d{1,2}$|^注\d*$")


def read_label(text: str, words: Words) -> Label:
    """Take a label to pieces."""
    if day := day_in(text):
        return _of_day(Label(text), day)
    whole = words.bracketed.unbracketed(with_digits(plain(WHOLE_YEAR.sub("", without_marks(text)))))
    label = Label(text, other=words.is_other(whole), part=words.is_part_of_year(whole))
    label = replace(label, of_which=_OF_WHICH.match(plain(text)) is not None)
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
    return _without_unit(label, bare, words) or _take_thing(*_take_area(label, bare, words), words)


def _of_day(label: Label, day: date) -> Label:
    if (day.month, day.day) in ((12, 31), (1, 1)):
        return replace(label, year=day.year, first_day=day.month == 1)
    return replace(label, day=True, rest=label.text)


def _without_unit(label: Label, bare: str, words: Words) -> Label | None:
    """What a text says before a unit at its end, without brackets: 奶类产量 万吨; None if that is not all."""
    ends = unit_at_end(bare)
    if not ends:
        return None
    found = _take_thing(*_take_area(replace(label, units=(*label.units, ends[1])), ends[0], words), words)
    return found if found.rest == label.rest else None


def read_title(text: str, words: Words) -> Label:
    """A title, of which only what is certain counts: one area, one year, one thing, a unit; the rest is prose."""
    whole = words.bracketed.unbracketed(with_digits(plain(without_marks(text))))
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


def _by_unit(label: Label, bare: str, words: Words) -> Label | None:
    """An indicator whose name says a unit in brackets, by the rest of the name and that unit: 牲畜存栏（万羊单位）."""
    full, unit = words.bracketed.by_unit.get(bare, ("", ""))
    return _by_full_name(label, full, words) if any(unit in one for one in label.units) else None


def _without_translation(text: str) -> str:
    """Chinese words without the English beside them; what stands in brackets may be a unit and stays."""
    outside = re.split(r"(\([^()]*\))", text)
    kept = "".join(part if part.startswith("(") else _LATIN.sub("", part) for part in outside)
    return plain(kept)


def _from_brackets(label: Label, text: str, words: Words) -> tuple[Label, str]:
    for found in BRACKETS.findall(text):
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


def _take_expected(label: Label, text: str, words: Words) -> tuple[Label, str]:
    """The word that says that figures are quick or expected ones, before or behind what they are of: 2023年快报."""
    if not (word := words.provisional_in(text)):
        return label, text
    rest = text.removesuffix(word) if text.endswith(word) else text.removeprefix(word)
    return (replace(label, expected=word), rest.strip(_REST)) if rest != text else (label, text)


def _take_year(label: Label, text: str) -> tuple[Label, str]:
    if short := _SHORT_YEAR.fullmatch(text):
        return replace(label, year=of_century(int(short[1])), short_year=True), ""
    years = {int(found[1]) for found in _YEAR.finditer(text)}
    if len(years) == 1 and label.year in (None, *years):
        return replace(label, year=years.pop()), _YEAR.sub("", text).strip(_REST)
    return (replace(label, rest=label.rest + text), text) if years else (label, text)


def _take_unit_behind(label: Label, text: str) -> tuple[Label, str]:
    for sign in _SIGNS_BEFORE_UNIT.finditer(text):
        if units := read_units(text[sign.end() :]):
            return replace(label, units=(*label.units, *units)), text[: sign.start()].strip(_REST)
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
    if (named := _by_full_name(label, bare, words)) or (named := _by_unit(label, bare, words)):
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
