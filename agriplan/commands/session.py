"""What the commands of `cli` do: read the data once, make plans, show and write them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from agriplan.at_once import do_all
from agriplan.baselines.area_names import no_such_area
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.bounded_reading import MOST_JSON, MOST_UPLOAD
from agriplan.commands.console import tell_beside
from agriplan.commands.lacking import lacking_rows
from agriplan.commands.reading import check_streams, name_to_tell, read_handed_in
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, canonical_json
from agriplan.engine.usable_part import read_scenario
from agriplan.errors import (
    BaselinesError,
    Problem,
    ScenarioError,
    SettingsError,
    TemplateError,
    WorkbookError,
)
from agriplan.forecast.suggestions import suggestions_for
from agriplan.formatting import print_number
from agriplan.places import baselines_folder
from agriplan.report.chosen import Chosen, find_chosen
from agriplan.report.problems_json import as_json_bytes, list_problems
from agriplan.sentences import Lang, say

if TYPE_CHECKING:
    from agriplan.workbook.readback.inputs import Readback


@dataclass(frozen=True)
class Session:
    """One sitting at the command line: a language and a data folder (None: the shipped one)."""

    lang: Lang
    folder: Path | None

    def speaking(self, lang: Lang | None) -> "Session":
        """The same session in another language, where one is asked for."""
        return replace(self, lang=lang or self.lang)

    @cached_property
    def baselines(self) -> Baselines:
        """The data, checked."""
        return read_baselines(self.folder or baselines_folder())

    @cached_property
    def suggestions(self) -> pd.DataFrame:
        """The growth suggestions of these data."""
        return suggestions_for(self.baselines)

    def plan_of(self, file: Path | None) -> Plan:
        """The plan of a scenario file (None: the default plan); what is wrong with it is told with the file's name."""
        if file is None:
            try:
                return make_plan(Scenario(), self.baselines, self.suggestions)
            except ScenarioError as error:
                raise BaselinesError(lacking_rows(error.problems, self.baselines)) from None
        text = read_handed_in(file, MOST_JSON, ScenarioError, "no_scenario_file")

        def plan(scenario: Scenario) -> Plan:
            return make_plan(scenario, self.baselines, self.suggestions)

        try:
            return plan(read_scenario(text, plan))
        except ScenarioError as error:
            raise error.within(name_to_tell(file)) from None

    def show_plan(self, plan: Plan, chosen: Chosen) -> str:
        """A plan as tables and sentences."""
        from agriplan.report.terminal import list_plan

        return "\n\n".join(list_plan(plan, self.lang, chosen))

    def plan_as(self, form: str, plan: Plan, chosen: Chosen) -> bytes:
        """A plan for other programs: "json", or a format of the tidy table."""
        if form == "json":
            from agriplan.report.plan_json import to_json

            return f"{to_json(plan, chosen)}\n".encode()
        from agriplan.report.exports import EXPORTS
        from agriplan.report.tidy import tidy

        return EXPORTS[form](tidy(plan, chosen))

    def choose(self, areas: Sequence[str], indicators: Sequence[str]) -> Chosen:
        """The areas and indicators that were asked for, by code, id or name."""
        return find_chosen(areas, indicators, self.baselines)

    def check_workbooks(
        self, area: str, file: Path | None, output: Path | None, template: Path | None
    ) -> tuple[Plan, list[str]]:
        """The plan and the areas of the workbooks that are asked for; raises all that is wrong with what was typed."""
        from agriplan.commands.output import check_workbook_place
        from agriplan.workbook.files import parsed_template

        codes, plan, _, _ = do_all(
            lambda: list(self.baselines.areas) if area == "all" else [self.area_code(area)],
            lambda: self.plan_of(file),
            lambda: check_workbook_place(output or Path(), 1 + (area == "all")),
            lambda: None if template is None else parsed_template(template, self.lang),
        )
        return plan, codes

    def write_workbooks(
        self, plan: Plan, codes: Sequence[str], output: Path | None, template: Path | None
    ) -> Iterator[Path]:
        """Write the workbooks of these areas; yields the paths written."""
        from agriplan.commands.output import write_workbooks
        from agriplan.workbook.files import shipped_instead

        tell_beside(shipped_instead(template, (self.lang,)), self.lang)
        yield from write_workbooks(plan, codes, output, self.lang, template)

    def area_code(self, word: str) -> str:
        """The code of an area named by code, Chinese or English name; raises `BaselinesError` where there is none."""
        area = self.baselines.find_area(word)
        if area is None:
            raise BaselinesError([no_such_area(word, self.baselines.areas.values())])
        return area.code

    def plans_of(self, files: Sequence[Path]) -> list[Plan]:
        """The plans that are compared; raises what is wrong with each file, and with how many they are."""
        check_streams(files)
        plans: list[Plan] = []
        problems = [] if 2 <= len(files) <= 5 else [Problem("", "two_to_five", {"count": len(files)})]
        for file in files[:5]:
            try:
                plans.append(self.plan_of(file))
            except ScenarioError as error:
                problems += error.problems
        if problems:
            raise ScenarioError(problems)
        return plans

    def read_workbook(self, file: Path) -> "Readback":
        """The scenario that an edited workbook holds, and what is in doubt about it; raises `WorkbookError`."""
        from agriplan.workbook.readback.inputs import read_back

        data, plan_data = do_all(
            lambda: read_handed_in(file, MOST_UPLOAD, WorkbookError, "no_workbook_file"), lambda: self.baselines
        )
        try:
            return read_back(data, plan_data, self.suggestions)
        except WorkbookError as error:
            raise error.within(name_to_tell(file)) from None

    def speaking_as(self, lang: Lang | None, template: Path | None, *, typed: bool) -> "Session":
        """The same session in the language that is asked for, else in that of a template file that was typed.

        Raises `TemplateError` where both were typed and differ.
        """
        if template is None or template.is_dir() or not typed:
            return self.speaking(lang)
        from agriplan.workbook.template.language import language_in

        written = language_in(template)
        if lang and written and lang != written:
            raise TemplateError([Problem(template.name, "template_other_language")])
        return self.speaking(lang or written)

    def readback_as_json(self, result: "Readback") -> bytes:
        """What an edited workbook gives: its scenario, what is in doubt, what is only told, what to look at again."""
        from agriplan.report.plan_json import report_cautions

        scenario = json.loads(canonical_json(result.scenario))
        told = {"scenario": scenario, "doubts": list_problems(result.doubts), "notes": list_problems(result.notes)}
        told["cautions"] = [one.model_dump() for one in report_cautions(result.cautions)]
        return as_json_bytes(told)

    def show_backtest(self, chosen: Chosen, *, as_json: bool) -> str:
        """How the projection would have done on the data's own past."""
        from agriplan.analysis.backtest_table import heading, lookback
        from agriplan.forecast.suggestions import backtest_for
        from agriplan.report.terminal_table import print_table

        table = backtest_for(self.baselines)
        asked = [chosen.has(*key) for key in zip(table["indicator"], table["code"], strict=True)]
        table = table.loc[asked]  # also where there is none
        if as_json:
            return json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=1)
        if table.empty:
            return say("backtest.nothing", self.lang)
        readable = lookback(table, self.baselines, self.lang)
        rows = [
            [value if isinstance(value, str) else print_number(value, 2 * isinstance(value, float)) for value in row]
            for row in readable.to_numpy()
        ]
        header = [heading(str(column), self.lang) for column in readable]
        return print_table(say("table.backtest", self.lang), header, rows, texts=3)

    def serve(self, **entered: object) -> None:
        """Serve the pages until stopped; what was entered on the command line counts before the environment."""
        from agriplan.settings import PREFIX, read_settings
        from agriplan.web.serve import run

        given = {name: value for name, value in entered.items() if value is not None}
        typed = {f"{PREFIX}{name}".upper(): f"--{name}" for name in ("host", "port") if name in given}
        try:
            run(read_settings(**given))
        except SettingsError as error:  # who typed an option is told of it, not of the variable beside it
            raise SettingsError(replace(one, place=typed.get(one.place, one.place)) for one in error.problems) from None
