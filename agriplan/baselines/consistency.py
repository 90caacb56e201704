"""Whether the files of a data folder agree with each other. Every check yields problems; none of them stops."""

import re
from collections.abc import Callable, Iterator

from agriplan.baselines.area_names import names_mean_one_area, names_mean_one_indicator
from agriplan.baselines.balance_checks import balances_are_known
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.contents import FolderContents
from agriplan.baselines.missing import ENTRIES, NAME
from agriplan.baselines.records import Kind
from agriplan.baselines.references import leagues_exist, refers, row_refers
from agriplan.baselines.region_sums import leagues_fit_into_the_region
from agriplan.baselines.repeats import keys_are_unique
from agriplan.baselines.told_figures import told_above, told_figure, told_range, told_value
from agriplan.errors import Called, Problem
from agriplan.sentences import LANGS, say

# What is wrong with a figure by itself: that its sum is wrong as well would be told as a second mistake.
_SPOILS_SUMS = frozenset({"wrong_unit", "given_twice", "given_elsewhere", "out_of_range", "not_above"})
# What people put between codes where the file has spaces.
_OTHER_MARKS = re.compile(r"[、，,；;/|]")


def find_inconsistencies(contents: FolderContents) -> list[Problem]:
    """Run every check; an empty list means that the files agree."""
    found = [problem for check in CONSISTENCY_CHECKS for problem in check(contents)]
    told = {":".join(problem.place.split(":")[:2]) for problem in found if problem.code in _SPOILS_SUMS}
    doubted = {row.indicator for line, row in contents.figures.items() if f"observed.csv:{line}" in told}
    found += leagues_fit_into_the_region(contents, doubted)
    return [*map(contents.given.placed, found)]


def _figures_are_known(contents: FolderContents) -> Iterator[Problem]:
    units = {row.indicator: row for row in contents.indicators.values()}
    positive = {word for row in contents.commitments for word in (row.herd, row.unit_value) if word}
    for line, row in contents.figures.items():
        place = f"observed.csv:{line}"
        yield from row_refers(place, row, contents)
        known = units.get(row.indicator)
        if known and row.unit != known.unit_zh:
            yield Problem(f"{place}: unit", "wrong_unit", {"word": row.unit, "unit": known.unit_zh})
            continue  # in its own unit the figure is another one
        if row.indicator in positive and row.value <= 0:
            yield Problem(f"{place}: value", "not_above", told_figure(row, contents))
        if known and known.upper is not None and row.value > known.upper:
            yield Problem(f"{place}: value", "out_of_range", told_above(row.value, known.upper, known))


def _assumptions_are_known(contents: FolderContents) -> Iterator[Problem]:
    for line, row in contents.assumptions.items():
        place = f"assumptions.csv:{line}"
        yield from row_refers(place, row, contents)
        if not row.low <= row.growth <= row.high:
            yield Problem(place, "range_out_of_order", told_range(row, contents))


# What a commitment of each kind cannot do without.
NEEDED: dict[Kind, tuple[str, ...]] = {"amount": (), "value": ("unit_value",), "rate": ("herd", "ceiling")}


def _commitments_are_known(contents: FolderContents) -> Iterator[Problem]:
    for number, row in enumerate(contents.commitments, 1):
        place = f"commitments.toml: commitment[{number}]"
        for part in ("quantity", "unit_value", "herd"):
            word = getattr(row, part)
            if word is not None:
                yield from refers(f"{place}.{part}", word, contents.indicator_ids, "unknown_indicator", contents)
            elif part in NEEDED[row.kind]:
                yield Problem(f"{place}.{part}", "needed_by_kind", {"kind": _kind(row), "word": part})
        yield from _unit_is_that_of_the_quantity(place, row, contents)
        yield from _ceiling_is_sound(place, row)
        yield from target_is_printable(f"{place}.target", row.target, row)
        yield from _named_leagues_are_sound(place, row, contents)


def _unit_is_that_of_the_quantity(place: str, row: Commitment, contents: FolderContents) -> Iterator[Problem]:
    """Amounts and rates are printed in their commitment's unit beside the figures of their indicator."""
    quantity = next((one for one in contents.indicators.values() if one.indicator == row.quantity), None)
    if quantity is None or row.kind == "value":
        return
    for lang in LANGS:
        word, unit = row.unit(lang), quantity.unit(lang)
        if word != unit:
            yield Problem(f"{place}.unit_{lang}", "wrong_unit", {"word": word, "unit": unit})


def _kind(row: Commitment) -> Called:
    return Called(row.kind, say(f"kind.{row.kind}", "zh"), say(f"kind.{row.kind}", "en"))


def _ceiling_is_sound(place: str, row: Commitment) -> Iterator[Problem]:
    if row.ceiling is None and "ceiling" in NEEDED[row.kind]:
        yield Problem(f"{place}.ceiling", "needed_by_kind", {"kind": _kind(row), "word": "ceiling"})
    if row.ceiling is not None and row.target > row.ceiling:
        yield Problem(f"{place}.target", "out_of_range", told_above(row.target, row.ceiling, row))


def target_is_printable(place: str, target: float, commitment: Commitment) -> Iterator[Problem]:
    """A target that adds up over leagues has no more decimals than figures are issued with; rates are only stated."""
    if not commitment.is_rate and round(target, commitment.issue_decimals) != target:
        told = told_value(target, commitment)
        yield Problem(place, "too_fine", told | {"decimals": commitment.issue_decimals})


def _named_leagues_are_sound(place: str, row: Commitment, contents: FolderContents) -> Iterator[Problem]:
    yield from leagues_exist(f"{place}.leagues", row.leagues, contents)
    known = {one.place_zh: one for one in contents.places.values()}
    for number, belt in enumerate(row.belts, 1):
        yield from refers(f"{place}.belts[{number}]", belt, contents.place_names, "unknown_place", contents)
        if belt in known and contents.league_codes.issuperset(row.leagues):
            for code in sorted((set(known[belt].codes) & contents.league_codes) - set(row.leagues)):
                values = {"word": contents.called(code), "place": contents.called(belt)}
                yield Problem(f"{place}.belts[{number}]", "belt_not_named", values)
    for code in sorted({code for code in row.leagues if row.leagues.count(code) > 1}):
        yield Problem(f"{place}.leagues", "league_twice", {"word": contents.called(code)})
    if not row.leagues:
        yield Problem(f"{place}.leagues", "no_named_leagues", {"indicator": contents.called(row.id)})


def _places_are_known(contents: FolderContents) -> Iterator[Problem]:
    for line, row in contents.places.items():
        place, apart = f"places.csv:{line}: leagues", _OTHER_MARKS.sub(" ", row.leagues)
        if apart != row.leagues:
            yield Problem(place, "separate_by_spaces", {"word": row.leagues}, " ".join(apart.split()))
        else:
            yield from leagues_exist(place, row.codes, contents)


def _rows_to_fill_are_known(contents: FolderContents) -> Iterator[Problem]:
    """What missing.csv gives for a commitment that there is not would otherwise be passed over."""
    ids = {row.id for row in contents.commitments}
    for line, row in contents.to_fill.items():
        if row.what in ENTRIES:
            yield from refers(f"{NAME}:{line}: id", row.id, ids, "unknown_indicator", contents)


def _directions_and_projects_are_known(contents: FolderContents) -> Iterator[Problem]:
    if contents.stated is None:
        return
    for number, direction in enumerate(contents.stated.direction, 1):
        yield from leagues_exist(f"commitments.toml: direction[{number}].leagues", direction.leagues, contents)
    ids = {row.id for row in contents.commitments}
    for number, project in enumerate(contents.stated.project, 1):
        place = f"commitments.toml: project[{number}]"
        yield from leagues_exist(f"{place}.leagues", project.leagues, contents)
        for word in project.supports:
            yield from refers(f"{place}.supports", word, ids, "unknown_indicator", contents)
    ids |= {row.id for row in contents.stated.direction}
    for number, statement in enumerate(contents.stated.statement, 1):
        for word in statement.about:
            yield from refers(f"commitments.toml: statement[{number}].about", word, ids, "unknown_indicator", contents)
    if contents.stated.quoted:
        place = "commitments.toml: quoted.source"
        yield from refers(place, contents.stated.quoted.source, contents.source_ids, "unknown_source", contents)


def _header_is_sound(contents: FolderContents) -> Iterator[Problem]:
    header = contents.header
    if header is None:
        return
    if header.target_year <= header.base_year:
        years: dict[str, object] = {"base": header.base_year, "target": header.target_year}
        yield Problem("plan.toml: target_year", "years_out_of_order", years)
    if header.region.code in contents.league_codes:
        league = next((row for row in contents.leagues.values() if row.code == header.region.code), header.region)
        values: dict[str, object] = {"word": league.code, "league": Called("", league.name_zh, league.name_en)}
        yield Problem("plan.toml: region.code", "region_is_a_league", values)
    if not header.criterion:  # a plan may be allocated by them at any time
        yield Problem("plan.toml: criterion", "no_entry")
    known = contents.indicator_ids | {"baseline", "projects"} if contents.indicator_ids else frozenset()
    for number, criterion in enumerate(header.criterion, 1):
        for part, word in (("of", criterion.of), ("per", criterion.per)):
            if word is not None:
                yield from refers(f"plan.toml: criterion[{number}].{part}", word, known, "unknown_indicator", contents)


def _basis_is_known(contents: FolderContents) -> Iterator[Problem]:
    """The plan's own basis is one of those that are named, if any are, and there are figures on it."""
    header = contents.header
    if header is None:
        return
    if header.bases:
        yield from refers("plan.toml: basis", header.basis, set(header.bases), "unknown_basis", contents)
    if not header.bases or header.basis in header.bases:
        yield from refers("plan.toml: basis", header.basis, contents.used_bases, "unused_basis", contents)


_Checks = tuple[Callable[[FolderContents], Iterator[Problem]], ...]
_OF_ROWS: _Checks = (_figures_are_known, _assumptions_are_known, _commitments_are_known, _places_are_known)
_OF_FILES: _Checks = (_directions_and_projects_are_known, _header_is_sound)
# Those by which each word of a row or an entry is looked up.
REFERENCE_CHECKS: _Checks = (*_OF_ROWS, balances_are_known, *_OF_FILES)

CONSISTENCY_CHECKS: _Checks = (
    keys_are_unique,
    *_OF_ROWS,
    balances_are_known,
    _rows_to_fill_are_known,
    *_OF_FILES,
    _basis_is_known,
    names_mean_one_area,
    names_mean_one_indicator,
)
