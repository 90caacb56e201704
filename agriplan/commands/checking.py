"""What `agriplan check` finds in the data, the default plan and the templates."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agriplan.commands.console import tell_beside
from agriplan.errors import AgriplanError, BaselinesError, Problem
from agriplan.places import baselines_folder
from agriplan.report.problems_json import as_json_bytes, list_problems
from agriplan.sentences import LANGS, Lang, say

if TYPE_CHECKING:
    from agriplan.commands.session import Session
    from agriplan.engine.plan import Plan


class Checked(NamedTuple):
    """What a check found: problems, what to look at again, and how many cells of formulas agree with the plan."""

    errors: Sequence[Problem]
    cautions: Sequence[Problem]
    cells: int


def check_in_words(session: "Session", template: Path | None) -> str:
    """What is said where nothing is wrong: cautions, and that all is well.

    Problems are raised, once the cautions were told: one may be why there is the other.
    """
    errors, cautions, cells = check_everything(session, template)
    if errors:
        tell_beside(cautions, session.lang)
        raise AgriplanError(errors)
    data = session.baselines
    fine = say(
        "check.fine_with_cautions" if cautions else "check.fine",
        session.lang,
        figures=len(data.observed),
        commitments=len(data.commitments),
        leagues=len(data.leagues),
        cells=cells,
    )
    return "\n".join([*(caution.text(session.lang) for caution in cautions), fine])


def check_as_json(session: "Session", template: Path | None) -> tuple[bytes, bool]:
    """What a check finds as JSON, errors and cautions by place, and whether there is no error."""
    errors, cautions, _ = check_everything(session, template)
    return as_json_bytes({"errors": list_problems(errors), "cautions": list_problems(cautions)}), not errors


def check_everything(session: "Session", template: Path | None) -> Checked:
    """Check data and templates: all that is wrong, and what to look at again."""
    from agriplan.workbook.checked_template import check_formulas, read_checked_template
    from agriplan.workbook.files import shipped_instead

    try:
        of_data = _of_data(session)
    except BaselinesError as error:
        return _without_plan([*error.problems, *error.lacking], error.cautions, template, session.lang)
    try:
        plan = session.plan_of(None)
    except AgriplanError as error:
        return _without_plan(error.problems, of_data, template, session.lang)
    cells, left, errors = 0, list[Problem](), list[Problem]()
    beyond = _beyond_numbers(plan)
    for lang in _languages(template, session.lang):
        try:
            style = read_checked_template(plan, lang, template)
        except AgriplanError as error:
            errors += (one for one in error.problems if one not in errors)
            continue
        left += style.cautions
        try:
            cells += check_formulas(plan, style, lang, beyond)
        except AgriplanError as error:
            errors += error.problems
            break  # formulas are the same in both languages
    errors += _of_briefs(plan, template)
    return Checked(errors, [*of_data, *left, *shipped_instead(template)], cells)


def _without_plan(
    errors: Sequence[Problem], cautions: Sequence[Problem], template: Path | None, spoken: Lang
) -> Checked:
    """What is told where the data allow no plan: as many problems as an error has, and those of the template."""
    return Checked([*AgriplanError(errors).problems, *_unreadable(template, spoken)], cautions, 0)


def _unreadable(template: Path | None, spoken: Lang) -> Iterator[Problem]:
    """What is wrong with a template whatever the data are: no more is told of it where there is no plan."""
    from agriplan.workbook.files import parsed_template

    try:
        if template is not None:
            parsed_template(template, spoken)
    except AgriplanError as error:
        yield from error.problems


def _of_briefs(plan: "Plan", template: Path | None) -> Sequence[Problem]:
    """What is wrong with the templates of briefs in a folder of one's own: a brief is written with each."""
    from agriplan.analysis.evaluation import evaluate
    from agriplan.report.brief.document import brief_template, write_brief

    if template is None or not template.is_dir():
        return ()
    region, year = plan.baselines.region.code, plan.baselines.base_year
    problems = list[Problem]()
    for lang in LANGS:
        try:
            if brief_template(template, lang) != brief_template(None, lang):
                write_brief(evaluate(plan, plan.suggestions, year), region, lang, template)
        except AgriplanError as error:
            problems += error.problems
    return problems


def _beyond_numbers(plan: "Plan") -> frozenset[str]:
    """Indicators whose totals want a larger unit, where the data say so."""
    from agriplan.analysis.cautions import beyond_digits

    is_told = any(caution.code == "caution_large" for caution in plan.baselines.cautions)
    return beyond_digits(plan) if is_told else frozenset()


def _languages(template: Path | None, spoken: Lang) -> Sequence[Lang]:
    """Those of the templates that are checked: a file is in one language."""
    from agriplan.workbook.template.language import language_in

    return LANGS if template is None or template.is_dir() else (language_in(template) or spoken,)


def _of_data(session: "Session") -> list[Problem]:
    """What to look at again in the data: of the folder itself, and beside the unit values that ship."""
    from agriplan.baselines.cautions import far_from
    from agriplan.baselines.folder import read_baselines

    data, shipped = session.baselines, baselines_folder()
    if data.folder.samefile(shipped):
        return list(data.cautions)
    prices = {one.unit_value for one in data.commitments if one.unit_value}
    figures = {key: figure for key, figure in data.base_figures.items() if key[0] in prices}
    return [*data.cautions, *far_from(figures, read_baselines(shipped).base_figures, data.indicators)]
