"""Figures too large for the digits that a number holds: a larger unit is asked for, and no more told."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.commands.console import BAD_INPUT
from agriplan.errors import Problem, TemplateError
from agriplan.places import baselines_folder
from agriplan.workbook import checked_template
from agriplan.workbook.files import load_template

# What is made too large, each a line of a file: an amount, a quantity that has a unit value, a herd, a target.
LARGE = {
    "milk": ("observed.csv", r"^(150000,milk_output,2020,)[^,]+", "611500000000"),
    "mutton": ("observed.csv", r"^(150000,mutton_output,2020,)[^,]+", "113000000000"),
    "unit value": ("observed.csv", r"^(150000,beef_unit_value,2020,)[^,]+", "700000000000"),
    "herd": ("observed.csv", r"^(150000,livestock_units,2020,)[^,]+", "900000000000"),
    "target": ("commitments.toml", r"^(target = )560$", "560000000000"),
}


def folder_with(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "plan"
    shutil.copytree(baselines_folder(), folder)
    for name in names:
        file, row, figure = LARGE[name]
        text, count = re.subn(row, rf"\g<1>{figure}", (folder / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert count == 1
        (folder / file).write_text(text, encoding="utf-8")
    return folder


# What has a unit value is tried below with every run; in full each alone too.
@pytest.mark.parametrize(
    "names", [("milk", "herd", "target"), *(pytest.param((one,), marks=pytest.mark.thorough) for one in LARGE)]
)
def test_a_larger_unit_is_asked_for_and_no_formula_is_blamed(names: tuple[str, ...], tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["check", "--baselines", str(folder_with(tmp_path, *names)), "--json"])
    told = json.loads(done.stdout)
    assert (told["errors"], done.exit_code) == ([], 0)
    large = {one["place"]: one["zh"] for one in told["cautions"] if one["code"] == "caution_large"}
    assert len(large) >= len(names)
    assert all("请换用较大的计量单位" in one for one in large.values())


def test_values_of_handy_figures_may_want_a_larger_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quantity and a unit value that are each printed with ease are worth more than that together."""
    monkeypatch.setattr(checked_template, "check_formulas", lambda *_: 1)
    folder = tmp_path / "plan"
    shutil.copytree(baselines_folder(), folder)
    file = folder / "observed.csv"
    text = re.sub(r"(?m)^(150000,mutton_output,2020,)[^,]+", r"\g<1>900000", file.read_text(encoding="utf-8"))
    file.write_text(re.sub(r"(?m)^(150000,mutton_unit_value,2020,)[^,]+", r"\g<1>9000", text), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--baselines", str(folder), "--json"])
    told = [(one["place"], one["code"]) for one in json.loads(done.stdout)["cautions"]]
    assert [place for place, code in told if code == "caution_large"] == ["commitments.toml: commitment[2]"]


def test_cautions_are_told_although_formulas_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(*_: object) -> int:
        raise TemplateError([Problem("milk.leagues.target@1", "formula_differs", {"engine": 1, "formula": 2})])

    monkeypatch.setattr(checked_template, "check_formulas", differ)
    folder = str(folder_with(tmp_path, "milk"))
    for flags in ([], ["--json"]):
        done = CliRunner().invoke(main, ["check", "--baselines", folder, *flags])
        assert done.exit_code == BAD_INPUT
        assert "milk.leagues.target@1" in done.output
        assert "请换用较大的计量单位" in done.output


def test_what_else_differs_is_told_beside_a_large_figure(plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the indicator beyond the digits nothing is said, of any other it is."""
    template = load_template(None, "zh")
    real = checked_template.compare_with_engine

    def one_off(plan, book, found):
        agreement = real(plan, book, found)
        wrong = [checked_template.Difference((one, None, "gap"), 0, 1.0, 2.0) for one in ("milk", "forage_value")]
        wrong.append(checked_template.Difference(("years", "years", "milestone"), 0, 1.0, 2.0))
        return agreement._replace(differences=wrong)

    monkeypatch.setattr(checked_template, "compare_with_engine", one_off)
    with pytest.raises(TemplateError) as told:
        checked_template.check_formulas(plan, template, "zh", {"milk"})
    assert {one.place for one in told.value.problems} == {"forage_value.gap@1"}
