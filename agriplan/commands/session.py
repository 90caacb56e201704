"""What the commands of `cli` do: read the data once, make plans, show and write them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from agriplan.analysis.comparison import compare
from agriplan.analysis.entries import say_path, say_value
from agriplan.baselines.folder import Baselines, read_baselines
from agriplan.engine.plan import Plan, make_plan
from agriplan.engine.scenario import Scenario, read_scenario
from agriplan.errors import BaselinesError, Problem, ScenarioError, did_you_mean
from agriplan.forecast.suggestions import suggestions_for
from agriplan.formatting import print_number
from agriplan.places import baselines_folder
from agriplan.report.chosen import Chosen, find_chosen
from agriplan.report.exports import EXPORTS
from agriplan.report.plan_json import to_json
from agriplan.report.terminal import list_plan
from agriplan.report.terminal_table import print_table
from agriplan.report.tidy import tidy
from agriplan.sentences import LANGS, Lang, say

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
        scenario = Scenario() if file is None else read_scenario(file)
        try:
            return make_plan(scenario, self.baselines, self.suggestions)
        except ScenarioError as error:
            raise (error if file is None else error.within(file.name)) from None

    def show_plan(self, file: Path | None, chosen: Chosen) -> str:
        """A plan as tables and sentences."""
        return "\n\n".join(list_plan(self.plan_of(file), self.lang, chosen))

    def plan_as(self, form: str, file: Path | None, chosen: Chosen) -> bytes:
        """A plan for other programs: "json", or a format of the tidy table."""
        plan = self.plan_of(file)
        return f"{to_json(plan, chosen)}\n".encode() if form == "json" else EXPORTS[form](tidy(plan, chosen))

    def choose(self, areas: Sequence[str], indicators: Sequence[str]) -> Chosen:
        """The areas and indicators that were asked for, by code, id or name."""
        return find_chosen(areas, indicators, self.baselines)

    def write_workbooks(
        self, area: str, file: Path | None, output: Path | None, template: Path | None
    ) -> Iterator[Path]:
        """Write one workbook, or all; yields the paths written."""
        from agriplan.commands.output import write_workbooks

        codes = list(self.baselines.areas) if area == "all" else [self.area_code(area)]
        yield from write_workbooks(self.plan_of(file), codes, output, self.lang, template)

    def count(self, area: str) -> int:
        """How many workbooks that word stands for."""
        return len(self.baselines.areas) if area == "all" else 1

    def area_code(self, word: str) -> str:
        """The code of an area named by code, Chinese or English name; raises `BaselinesError` where there is none."""
        area = self.baselines.find_area(word)
        if area is None:
            known = [name for one in self.baselines.areas.values() for name in (one.code, one.name_zh, one.name_en)]
            raise BaselinesError([Problem("", "unknown_area", {"word": word}, did_you_mean(word, known))])
        return area.code

    def _plans_of(self, files: Sequence[Path]) -> list[Plan]:
        plans: list[Plan] = []
        problems: list[Problem] = []
        for file in files:
            try:
                plans.append(self.plan_of(file))
            except ScenarioError as error:
                problems += error.problems
        if problems:
            raise ScenarioError(problems)
        return plans

    def show_comparison(self, files: Sequence[Path], output: Path | None) -> str:
        """What differs between scenarios and what that moved; also written as a workbook where asked for."""
        comparison = compare(self._plans_of(files))
        names = [plan.scenario.name or file.stem for plan, file in zip(comparison.plans, files, strict=True)]
        changes = [
            [
                say_path(row[0], self.baselines, self.lang),
                *(say_value(row[0], value, self.baselines, self.lang) for value in row[1:]),
            ]
            for row in comparison.changes.to_numpy()
        ]
        moved = comparison.seen_to_move
        rows = []
        for row in moved.to_dict("records"):
            commitment = self.baselines.by_id[row["indicator"]]
            numbers = [
                print_number(row[key], self.baselines.decimals(commitment)) for key in (*range(len(names)), "spread")
            ]
            words = [commitment.name(self.lang), self.baselines.areas[row["code"]].name(self.lang)]
            rows.append([*words, say(f"table.{row['measure']}", self.lang), *numbers])
        header = [say(f"table.{word}", self.lang) for word in ("indicator", "league", "measure")]
        parts = [
            print_table(say("table.changes", self.lang), [say("table.entry", self.lang), *names], changes),
            print_table(
                say("table.moved", self.lang), [*header, *names, say("table.spread", self.lang)], rows, texts=3
            ),
        ]
        if output:
            from agriplan.commands.output import write_comparison_workbook

            parts.append(str(write_comparison_workbook(comparison, output, self.lang)))
        return "\n\n".join(parts)

    def read_workbook(self, data: bytes) -> "Readback":
        """The scenario that an edited workbook holds, and what is in doubt about it."""
        from agriplan.workbook.readback.inputs import read_back

        return read_back(data, self.baselines, self.suggestions)

    def check(self, template: Path | None) -> str:
        """Check the data, the default plan and the templates; problems are raised, this is what is said without any."""
        from agriplan.workbook.checked_template import check_formulas, read_checked_template

        plan, cells = self.plan_of(None), 0
        for lang in (self.lang,) if template else LANGS:
            cells += check_formulas(plan, read_checked_template(plan, lang, template), lang)
        figures, commitments = len(self.baselines.observed), len(self.baselines.commitments)
        cautions = [caution.text(self.lang) for caution in self._cautions()]
        fine = say(
            "check.fine_with_cautions" if cautions else "check.fine",
            self.lang,
            figures=figures,
            commitments=commitments,
            leagues=len(self.baselines.leagues),
            cells=cells,
        )
        return "\n".join([*cautions, fine])

    def _cautions(self) -> list[Problem]:
        """What to look at again in the data: of the folder itself, and beside the unit values that ship."""
        from agriplan.baselines.cautions import far_from

        data, shipped = self.baselines, baselines_folder()
        if data.folder.resolve() == shipped.resolve():
            return list(data.cautions)
        prices = {one.unit_value for one in data.commitments if one.unit_value}
        figures = {key: figure for key, figure in data.base_figures.items() if key[0] in prices}
        return [*data.cautions, *far_from(figures, read_baselines(shipped).base_figures)]

    def show_backtest(self, *, as_json: bool) -> str:
        """How the projection would have done on the data's own past."""
        from agriplan.analysis.backtest_table import heading, lookback
        from agriplan.forecast.suggestions import backtest_for

        table = backtest_for(self.baselines)
        if as_json:
            return json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=1)
        readable = lookback(table, self.baselines, self.lang)
        rows = [
            [value if isinstance(value, str) else print_number(value, 2 * isinstance(value, float)) for value in row]
            for row in readable.to_numpy()
        ]
        header = [heading(str(column), self.lang) for column in readable]
        return print_table(say("table.backtest", self.lang), header, rows, texts=3)

    def serve(self, host: str | None, port: int | None, database: str | None) -> None:
        """Serve the pages until stopped."""
        from agriplan.settings import read_settings
        from agriplan.web.serve import run

        entered = {"host": host, "port": port, "database": database, "baselines": self.folder}
        run(read_settings(**{name: value for name, value in entered.items() if value is not None}))
