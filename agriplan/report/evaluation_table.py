"""An evaluation for a terminal: the counts, a table of the indicators, and what is to be said of each."""

from collections.abc import Iterator

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_words import evaluation_notes, headline, issue_note, say_verdict, thresholds
from agriplan.analysis.hindsight import hindsight_notes
from agriplan.analysis.unit_words import word_of_total
from agriplan.baselines.commitments import Commitment
from agriplan.formatting import GROWTH_DECIMALS, NOTHING, print_number
from agriplan.report.terminal_table import print_table
from agriplan.report.year_lines import area_lines, sharing_note, years_ahead
from agriplan.sentences import Lang, say

EVALUATION_HEADINGS = (
    "indicator",
    "unit",
    "baseline",
    "current",
    "target",
    "completion",
    "needed",
    "projection",
    "gap",
    "verdict",
)


def list_evaluation(evaluation: Evaluation, lang: Lang) -> Iterator[str]:
    """The headline, the region's indicators, and the sentences about each."""
    data = evaluation.issued.baselines
    yield headline(evaluation).text(lang)
    if issued := issue_note(evaluation):
        yield issued.text(lang)
    title = say("table.evaluation", lang, name=data.header.name(lang), year=evaluation.as_of)
    rows = [_row(evaluation, one, lang) for one in data.commitments]
    heads = [say(f"table.{word}", lang) for word in EVALUATION_HEADINGS]
    if evaluation.years_left == 1:
        heads[EVALUATION_HEADINGS.index("needed")] = say("table.needed_last", lang, year=data.target_year)
    yield print_table(title, heads, rows, texts=2)
    if evaluation.years_left:
        yield print_table(*_years(evaluation, lang), texts=3)
        yield "\n".join(note.text(lang) for one in data.commitments if (note := sharing_note(evaluation, one)))
    for one in data.commitments:
        yield "\n".join(note.text(lang) for note in evaluation_notes(evaluation, one, data.region.code))
    looked_back = [hindsight_notes(evaluation.issued, one, evaluation.as_of) for one in data.commitments]
    if told := [note.text(lang) for notes in looked_back for note in notes]:
        yield "\n".join([say("hindsight.title", lang), *told])
    yield thresholds(evaluation).text(lang)


def _years(evaluation: Evaluation, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    """Title, head and rows of the region's years; an indicator is named in its first row."""
    data = evaluation.issued.baselines
    rows = [
        [*(("", "") if at else (one.name(lang), one.unit(lang))), line.name, *line.cells]
        for one in data.commitments
        for at, line in enumerate(area_lines(evaluation, one, data.region.code, lang))
    ]
    heads = [*(say(f"table.{word}", lang) for word in EVALUATION_HEADINGS[:2]), say("years.what", lang)]
    return say("years.title", lang), [*heads, *years_ahead(evaluation)], rows


def _row(evaluation: Evaluation, commitment: Commitment, lang: Lang) -> list[str]:
    row, decimals = evaluation.region(commitment.id), evaluation.issued.baselines.decimals(commitment)
    shown = {name: print_number(row[f"printed_{name}"], decimals) for name in ("baseline", "target", "projection")}
    how = next((how for how in ("estimated", "summed") if row[how]), "")
    marked = say(f"table.{how}", lang, together=word_of_total(commitment, lang)) if how else ""
    return [
        commitment.name(lang),
        commitment.unit(lang),
        shown["baseline"],
        print_number(row["printed_current"], decimals) + marked,
        shown["target"],
        print_number(row["completion"], GROWTH_DECIMALS),
        print_number(row["needed_growth"], GROWTH_DECIMALS),
        shown["projection"] if evaluation.years_left else NOTHING,
        print_number(row["printed_gap"], decimals),
        say_verdict(row, evaluation.issued.baselines, lang),
    ]
