"""What `agriplan check` finds in the data, the default plan and the templates."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agriplan.errors import AgriplanError, Problem
from agriplan.places import baselines_folder
from agriplan.report.problems_json import list_problems
from agriplan.sentences import LANGS, Lang, say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


def check_in_words(session: "Session", template: Path | None) -> str:
    """What is said where nothing is wrong: cautions, and that all is well; problems are raised."""
    cautions, cells = check_everything(session, template)
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
    errors: Sequence[Problem] = ()
    cautions: Sequence[Problem] = ()
    try:
        cautions, _ = check_everything(session, template)
    except AgriplanError as error:
        errors = error.problems
    return as_json_bytes({"errors": list_problems(errors), "cautions": list_problems(cautions)}), not errors


def check_everything(session: "Session", template: Path | None) -> tuple[list[Problem], int]:
    """What to look at again, and how many cells of formulas agree with the plan; raises an `AgriplanError`."""
    from agriplan.workbook.checked_template import check_formulas, read_checked_template
    from agriplan.workbook.files import shipped_instead

    plan, cells, left = session.plan_of(None), 0, list[Problem]()
    for lang in _languages(template, session.lang):
        style = read_checked_template(plan, lang, template)
        left += style.cautions
        cells += check_formulas(plan, style, lang)
    return [*_of_data(session), *left, *shipped_instead(template)], cells


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
    return [*data.cautions, *far_from(figures, read_baselines(shipped).base_figures)]


def as_json_bytes(told: dict[str, Any]) -> bytes:
    """A result as JSON that ends with a line."""
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()
