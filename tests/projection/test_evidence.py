"""The tables of docs/projection.md, printed by `python -m benchmarks.projection`, keep within what is promised."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "projection.md").read_text(encoding="utf-8")
COLLECTIONS = ("M1", "M3", "Tourism")


def cells(start: str, after: str = "") -> list[str]:
    """The cells of the first row that begins so, below the given words."""
    part = PAGE[PAGE.index(after) :]
    row = next(line for line in part.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip(" *") for cell in row.strip("|").split("|")][1:]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize(
    ("row", "most"),
    [
        ("**projection, full history**", (3.62, 2.66, 2.69)),
        ("**projection, last eight", (3.75, 2.80, 2.77)),
    ],
)
def test_projections_are_as_accurate_as_promised_and_nearer_than_no_change(row: str, most: tuple[float, ...]) -> None:
    *errors, worst = (float(cell) for cell in cells(row))
    unchanged = [float(cell) for cell in cells("no change")][:3]
    for error, limit, other in zip(errors, most, unchanged, strict=True):
        assert error <= limit
        assert error < other
    assert worst <= 14


def test_four_years_alone_are_projected_as_accurately_as_promised() -> None:
    *errors, worst = (float(cell) for cell in cells("**projection, last four"))
    assert all(error <= most for error, most in zip(errors, (3.57, 2.83, 3.15), strict=True))
    assert worst <= 15


def test_nothing_positive_is_projected_below_zero() -> None:
    assert "Positive series projected below zero: none." in PAGE


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_80_percent_range_holds_on_average_and_in_every_cell(collection: str) -> None:
    mean, *by_years = cells(f"{collection} |", "| 80 % range |")[:4]
    assert 77 <= float(mean) <= 85
    assert all(65 <= covered <= 90 for cell in by_years for covered in numbers(cell))
    assert [len(numbers(cell)) for cell in by_years] == [3, 3, 3]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_95_percent_range_holds_on_average(collection: str) -> None:
    assert 87 <= float(cells(f"{collection} |", "| 95 % range |")[0]) <= 98


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_models_own_80_percent_intervals_stand_beside_and_cover_less(collection: str) -> None:
    theirs = [covered for cell in cells(f"{collection}: ETS") for covered in numbers(cell)]
    ours = [covered for cell in cells(f"{collection} |", "| 80 % range |")[1:4] for covered in numbers(cell)]
    assert len(theirs) == 6
    assert max(theirs) < min(ours)


WIDTHS = "| 80 % range holds, per cent |"


def test_ranges_with_an_older_basis_behind_them_hold_what_they_say() -> None:
    before, held = (float(cell) for cell in cells("all series", WIDTHS)[:2])
    assert 77 <= held <= 83
    assert 77 <= before <= 83


def test_ranges_of_suddenly_calm_series_hold_nearly_as_much_where_their_own_swing_alone_held_far_less() -> None:
    before, held = (float(cell) for cell in cells("suddenly calm |", WIDTHS)[:2])
    assert held >= 77
    assert before < held - 10


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_collection_and_no_horizon_is_left_out_of_that(collection: str) -> None:
    held, by_horizon = cells(f"suddenly calm, {collection}", WIDTHS)[1:3]
    assert float(held) >= 73
    for shares in (by_horizon, cells(f"{collection} |", WIDTHS)[2]):
        assert len(numbers(shares)) == 5
        assert min(numbers(shares)) >= 62


def test_those_ranges_are_no_wider_than_they_need_to_be() -> None:
    together, alone, ratio = numbers(PAGE[PAGE.index("lower is better) is ") :])[:3]
    assert ratio == pytest.approx(together / alone, abs=0.001)
    assert ratio <= 0.98
