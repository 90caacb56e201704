"""Sentences and words about a figure that is exactly at its target, or that nobody reported."""

from dataclasses import replace

import numpy as np
import pytest

from agriplan.analysis.evaluation_words import evaluation_notes
from agriplan.analysis.hindsight import hindsight_notes, hindsights
from agriplan.baselines.commitments import short_names
from agriplan.formatting import print_number
from agriplan.report.brief.words import brief_values
from agriplan.report.evaluation_table import list_evaluation
from agriplan.report.tasks import nothing_to_share
from agriplan.rolling.outcome import outcomes
from agriplan.sentences import LANGS

REGION = "150000"


def codes(evaluation, indicator):
    commitment = evaluation.issued.baselines.by_id[indicator]
    return {note.code: note for note in evaluation_notes(evaluation, commitment, REGION)}


def milk(year, value, **more):
    return {"actual": {"milk": {REGION: {str(year): value}}}, **more}


@pytest.mark.parametrize("lang", LANGS)
def test_a_target_that_is_exactly_met_is_not_passed_by_nothing(lang, evaluated):
    exactly = codes(evaluated(milk(2025, 1000), 2025), "milk")
    assert "done_exact" in exactly
    assert "0.00" not in exactly["done_exact"].text(lang).replace("1,000.00", "")
    more = codes(evaluated(milk(2025, 1000.01), 2025), "milk")
    assert "0.01" in more["done"].text(lang)
    assert "missed" in codes(evaluated(milk(2025, 999.99), 2025), "milk")


def test_what_has_reached_its_target_in_print_needs_no_growth(evaluated):
    for value, needs in ((1000, False), (999.996, False), (999.99, True), (1000.01, False)):
        found = codes(evaluated(milk(2023, value), 2023), "milk")
        assert ("needed" in found, "nothing_needed" in found) == (needs, not needs), value


@pytest.mark.parametrize("lang", LANGS)
def test_an_estimate_at_the_target_is_not_told_as_a_fact(lang, evaluated):
    low = {"target": {"forage_value": 400}}
    found = codes(evaluated(low, 2023), "forage_value")
    assert "nothing_needed" not in found
    assert {"zh": "估算", "en": "estimate"}[lang] in found["nothing_needed_estimated"].text(lang)
    known = {**low, "actual": {"forage_value": {REGION: {"2023": 411.7}}}}
    assert "nothing_needed" in codes(evaluated(known, 2023), "forage_value")


@pytest.mark.parametrize("lang", LANGS)
def test_a_projection_at_the_target_is_not_above_it_by_nothing(lang, evaluated):
    # The projection is 540.876 and prints as the target: it lies a shade below it.
    known = {"actual": {"forage_value": {REGION: {"2023": 500.07}}}}
    exactly = codes(evaluated({**known, "target": {"forage_value": 540.88}}, 2023), "forage_value")
    assert "exact" in exactly
    assert not [code for code in exactly if "though" in code]
    # Were such forecasts more often missed than passed, it would be open all the same, and told so.
    found = evaluated({**known, "target": {"forage_value": 540.88}}, 2023)
    missed = codes(replace(found, rows=found.rows.assign(band="20-50 %", verdict="open")), "forage_value")
    assert "open_though_over" not in missed
    assert "0.00" not in missed["open_though_exact"].text(lang)


def test_a_projection_that_came_true_was_neither_too_low_nor_too_high(evaluated, baselines):
    projected = hindsights(evaluated(milk(2023, 700), 2023).issued, baselines.by_id["milk"])
    (one,) = (one for one in projected if one.year == 2023)
    ways = {}
    for factor in (1.0, 1.00001, 1.01, 0.99):
        plan = evaluated(milk(2023, one.projection * factor), 2023).issued
        notes = [note for note in hindsight_notes(plan, baselines.by_id["milk"]) if note.code not in ("count", "other")]
        (ways[factor],) = (note.code for note in notes if note.values["zh"]["year"] == "2023")
    assert ways == {1.0: "even_inside", 1.00001: "even_inside", 1.01: "too_low_inside", 0.99: "too_high_inside"}
    assert not np.isnan(one.error)


# Two decimals are printed: what is below, rounds up to, is at and above a target of 1,000.
NEAR = [(999.99, False), (999.9951, True), (1000, True), (1000.004, True)]


@pytest.mark.parametrize(("value", "met"), NEAR)
def test_a_hundred_per_cent_is_shown_where_and_only_where_the_target_is_met_in_print(value, met, evaluated):
    found = evaluated(milk(2025, value), 2025)
    row, year = found.region("milk"), found.issued.year_rows("milk", REGION)[-1]
    assert row["verdict"] == year["status"] == ("done" if met else "missed")
    for told in (row["completion"], row["progress"], year["completion"], year["progress"]):
        assert (print_number(told, 2) == "100.00", print_number(told, 2) == "99.99") == (met, not met)
    figures = brief_values(found, REGION, "zh")["indicators"][0]
    assert figures["completion"] == ("100.00" if met else "99.99")
    assert outcomes(found.issued)[0].completion == pytest.approx(100 if met else 99.99, abs=1e-9)


def test_a_projection_below_the_target_in_print_is_no_hundred_per_cent_of_it(evaluated):
    plain = evaluated({}, 2022).region("milk")["printed_projection"]
    for more, shown in ((0.0, "100.00"), (0.01, "99.99")):
        row = evaluated({"target": {"milk": plain + more}}, 2022).region("milk")
        assert print_number(row["projected_part"], 2) == shown


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("target", [500.0, None])
def test_no_way_leads_to_a_target_at_or_below_the_base(lang, target, evaluated, baselines):
    base = evaluated({}, 2020).region("milk")["printed_baseline"]
    target = target or base
    low = evaluated(milk(2022, 620, target={"milk": target}), 2022)
    row, year = low.region("milk"), low.issued.year_rows("milk", REGION)[2]
    assert (row["verdict"], row["status"], year["status"]) == ("reached", "reached_early", "reached_early")
    assert all(np.isnan(told[name]) for told in (row, year) for name in ("progress", "schedule"))
    said = codes(low, "milk")
    assert "—" not in said["current"].text(lang)
    assert {"zh": "年度应达进度", "en": "was due"}[lang] not in said["current"].text(lang)
    assert low.issued.year_rows("milk", REGION)[2]["completion"] > 100
    # Fallen below it, the figure is held against the milestone.
    lost = evaluated(milk(2022, target * 0.9, target={"milk": target}), 2022).region("milk")
    assert (lost["status"], np.isnan(lost["progress"])) == ("behind", True)


def test_a_way_that_is_nothing_in_print_has_no_progress(evaluated):
    base = evaluated({}, 2020).region("milk")["printed_baseline"]
    moved = {"baseline": {"milk_output": {"150500": {"value": 35.868, "source": "x"}}}}
    shown = evaluated(moved, 2020).region("milk")
    assert shown["printed_baseline"] == base
    assert shown["baseline"] < base
    row = evaluated(milk(2022, 620, target={"milk": base}, **moved), 2022).region("milk")
    assert np.isnan(row["progress"])
    assert row["status"] == "reached_early"


@pytest.mark.parametrize("lang", LANGS)
def test_where_no_gap_is_left_the_figures_behind_the_arrow_are_said_to_be_projections(lang, evaluated, baselines):
    name = short_names(baselines.commitments, lang)["milk"]
    surplus = evaluated(milk(2022, 1010), 2022)
    told = nothing_to_share(surplus, lang)
    assert name in told
    assert told in brief_values(surplus, REGION, lang)["task_note"]
    for one in baselines.leagues:
        row = surplus.by_key["milk", one.code]
        assert row["printed_new_target"] == row["printed_projection"]
    assert name not in nothing_to_share(evaluated({}, 2022), lang)
    assert nothing_to_share(evaluated(milk(2025, 1010), 2025), lang) == ""


def test_what_leagues_keep_beyond_their_targets_is_said_beside_every_sum_that_leaves_it_out(evaluated):
    found = evaluated({"actual": {"milk": {"150500": {"2022": 500}}}}, 2022)
    kept = found.region("milk")["printed_kept"]
    assert kept > 0
    for lang, words in (
        ("zh", f"（不计超额保留量{kept:,.2f}万吨）"),
        ("en", f"the surplus kept, {kept:,.2f} × 10,000 t"),
    ):
        told = "\n".join(list_evaluation(found, lang))
        assert told.count(words) == 2
    assert "不计超额保留量" not in "\n".join(list_evaluation(evaluated({}, 2022), "zh"))
