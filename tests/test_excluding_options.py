"""Options of which only one can be followed: two of them, or one twice, are told; none is passed over in silence."""

import click
import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.commands.localized import LocalizedCommand

COMMANDS = {name: command for name, command in main.commands.items() if isinstance(command, LocalizedCommand)}
PAIRS = [
    pytest.param(name, one, other, id=f"{name} {one.opts[-1]} {other.opts[-1]}")
    for name, command in sorted(COMMANDS.items())
    for one, other in command.exclusive_pairs()
]
# Of every other option that takes one value only the last would be taken.
ONCE = [
    pytest.param(name, one, id=f"{name} {one.opts[-1]}")
    for name, command in sorted(COMMANDS.items())
    for one in command.params
    if isinstance(one, click.Option) and not one.multiple and not one.is_flag
]


def typed(param: click.Parameter) -> list[str]:
    if not isinstance(param, click.Option):
        return ["word"]
    return [param.opts[-1]] if param.is_flag else [param.opts[-1], "2021"]


def called(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else str(param.name).upper()


def refused(words: list[str], *names: str) -> None:
    for lang, sentence in (("zh", "命令写法有误"), ("en", "not written as it should be")):
        told = CliRunner().invoke(main, ["--lang", lang, *words])
        assert (told.exit_code, told.stdout) == (2, ""), told.output
        assert sentence in told.stderr
        assert all(name in told.stderr.splitlines()[0] for name in names), told.stderr


def test_every_command_is_looked_at():
    assert COMMANDS.keys() == main.commands.keys()
    assert {"plan", "export", "evaluate", "take", "init"} == {param.values[0] for param in PAIRS}


@pytest.mark.parametrize(("name", "one", "other"), PAIRS)
def test_two_options_of_which_one_holds_are_told_by_both_names(name, one, other):
    refused([name, *typed(other), *typed(one)], called(one), called(other))


@pytest.mark.parametrize(("name", "one"), ONCE)
def test_an_option_that_is_given_twice_is_told_by_its_name(name, one):
    refused([name, *typed(one), *typed(one)], called(one))


def test_a_flag_may_be_repeated_and_so_may_what_takes_several_values():
    told = CliRunner().invoke(main, ["plan", "--csv", "--csv", "--area", "通辽", "--area", "赤峰"])
    assert told.exit_code == 0, told.output


def test_two_data_folders_before_and_after_the_command_are_told():
    refused(["--baselines", "a", "plan", "--baselines", "b"], "--baselines")
    same = CliRunner().invoke(main, ["--baselines", "a", "plan", "--baselines", "a"])
    assert "a: 没有这个文件夹" in same.stderr


def test_a_template_with_which_nothing_is_written_is_told(tmp_path):
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    for words in (["evaluate"], ["compare", str(tmp_path / "a.json"), str(tmp_path / "a.json")]):
        told = CliRunner().invoke(main, [*words, "--template", "own.xlsx"])
        assert (told.exit_code, told.stdout) == (2, "")
        assert "--template" in told.stderr
        # A template of the environment is there for whatever will be written.
        assert CliRunner().invoke(main, words, env={"AGRIPLAN_TEMPLATES": "own"}).exit_code == 0
