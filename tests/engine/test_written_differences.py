"""What a sentence calls the difference of two of its figures lies between them on paper."""

import re
from collections.abc import Callable, Iterator

import pytest

from agriplan.analysis.balance_words import balance_notes, balance_notes_as_of
from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.analysis.note import Note
from agriplan.analysis.notes import take_notes
from agriplan.formatting import print_number
from agriplan.report.year_lines import sharing_note
from agriplan.sentences import catalogue
from tests.thoroughness import tried

# By sentence: the figure from which another is taken, that one, and what it says lies between.
DIFFERENCES = {
    **{f"hindsight.{way}_{side}": ("actual", "projection", "error")
       for way in ("too_low", "too_high", "even") for side in ("inside", "outside")},
    "evaluation.short": ("target", "projection", "short"),
    "evaluation.over": ("projection", "target", "over"),
    "evaluation.expected_though_short": ("target", "projection", "short"),
    "evaluation.open_though_over": ("projection", "target", "over"),
    "evaluation.done": ("current", "target", "over"),
    "evaluation.missed": ("target", "current", "short"),
    "evaluation.kept_above": ("after_kept", "before_kept", "kept"),
    "evaluation.kept_below": ("before_kept", "after_kept", "kept"),
    "balance.fodder": ("needed", "stored", "rest"),
    "note.ceilings_short": ("to_place", "ceilings", "residual"),
    "note.no_weights_short": ("to_place", "ceilings", "residual"),
    "note.floors_exceed": ("floors", "to_place", "over"),
}  # fmt: skip
# Figures with a digit more than is printed, where what lies between is another number than between those printed.
BETWEEN_UNITS = [
    (2022, {"actual": {"improved_breed_rate": {"150000": {"2022": 93.849}}}}),
    (2025, {"actual": {"improved_breed_rate": {"150000": {"2025": 94.995}}}}),
    (2025, {"actual": {"milk": {"150000": {"2025": 999.996}}, "forage_value": {"150000": {"2025": 769.994}}}}),
    (2023, {"actual": {"milk": {"150500": {"2023": 58.736}, "150100": {"2023": 399.995}}}}),
    (2023, {"allocation": {"forage_value": {"reserve": 5, "margin": 3}}}),
    *((2021 + step % 4, {"growth": {"improved_breed_rate": {"150000": 0.333 + step / 97}},
                         "actual": {"improved_breed_rate": {"150000": {str(2021 + step % 4): 93.5 + step / 77}}}})
      for step in range(tried(2, 40))),
]  # fmt: skip


def number(said: str) -> float:
    """The figure that is said, with its words or alone: a surplus is a gap below nothing, and may be none."""
    found = re.search(r"-?[\d,]+(?:\.\d+)?", said)
    figure = float(found[0].replace(",", "")) if found else 0.0
    return -figure if said.startswith("富余") else figure


def all_notes(found: Evaluation) -> Iterator[Note]:
    yield from take_notes(found.issued)
    for commitment in found.issued.baselines.commitments:
        for code in found.issued.baselines.areas:
            yield from evaluation_notes(found, commitment, code)
            yield from hindsight_notes(found.issued, commitment, code=code)
            yield from balance_notes(found.issued, commitment, code)
            yield from balance_notes_as_of(found, commitment, code)


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("year", "scenario"), BETWEEN_UNITS, ids=range(len(BETWEEN_UNITS)))
def test_what_lies_between_two_figures_of_a_sentence_lies_between_them_as_printed(
    year: int, scenario: dict[str, object], evaluated: Callable[[object, int], Evaluation]
) -> None:
    found = evaluated(scenario, year)
    told = 0
    for note in all_notes(found):
        code, said = f"{note.family}.{note.code}", note.values["zh"]
        # An error of anything but a rate is in per cent.
        if code in DIFFERENCES and not (note.family == "hindsight" and said["per_cent"] == "%"):
            one, other, between = (said[name] for name in DIFFERENCES[code])
            decimals = len(between.partition(".")[2])
            lies = abs(number(one) - number(other))
            assert print_number(lies, decimals) == between.removeprefix("-"), note.text("zh")
            told += 1
    assert told


def test_every_sentence_with_a_difference_is_known() -> None:
    assert [code for code in DIFFERENCES if code not in catalogue()] == []


@pytest.mark.parametrize("allocation", [{"reserve": 5}, {"margin": 10}, {"reserve": 5, "margin": 10}])
def test_what_is_left_with_what_is_held_back_and_less_what_is_on_top_is_what_is_unallocated(
    allocation: dict[str, float], evaluated: Callable[[object, int], Evaluation]
) -> None:
    """Forage, whose ceilings are too low, and a rate whose leagues may hardly grow."""
    asked = {"forage_value": allocation, "improved_breed_rate": allocation | {"max_growth": 0.12}}
    found = evaluated({"allocation": asked}, 2023)
    for name in asked:
        commitment = found.issued.baselines.by_id[name]
        (note,) = (one for one in take_notes(found.issued) if one.indicator == name and one.code == "ceilings_short")
        again = sharing_note(found, commitment)
        for sentence, plan, left in ((note, found.issued, "residual"), (again, found.plan, "left")):
            shown = plan.printed.by_indicator[name]
            decimals = plan.baselines.decimals(commitment)
            makes = sentence.values["zh"]["makes"]
            assert f"未分解量为{print_number(shown['unallocated'], decimals)}" in makes
            assert makes in sentence.text("zh")
            parts = number(sentence.values["zh"][left])
            parts += shown["held_back_stated"] - abs(shown["on_top_stated"])
            assert print_number(parts, decimals) == print_number(shown["unallocated"], decimals)
