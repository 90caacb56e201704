from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from agriplan.cli import main
from agriplan.errors import SettingsError
from agriplan.settings import Settings, manual, read_settings
from agriplan.store import open_store

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"


def test_the_page_of_settings_is_what_the_fields_say():
    assert manual() in PAGE.read_text(encoding="utf-8")


def test_what_is_entered_beats_the_environment_and_that_beats_the_default(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AGRIPLAN_PORT", "9000")
    monkeypatch.setenv("AGRIPLAN_WORKERS", "3")
    settings = read_settings(port=9001)
    assert (settings.port, settings.workers, settings.threads) == (9001, 3, Settings.model_fields["threads"].default)


def test_a_number_of_a_setting_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AGRIPLAN_PORT", "９０００")
    assert read_settings().port == 9000
    monkeypatch.setenv("AGRIPLAN_PORT", "9_000")
    with pytest.raises(SettingsError):
        read_settings()


def test_every_setting_that_cannot_be_used_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AGRIPLAN_PORT", "http")
    monkeypatch.setenv("AGRIPLAN_WORKERS", "0")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert {problem.place for problem in refused.value.problems} == {"AGRIPLAN_PORT", "AGRIPLAN_WORKERS"}


def test_every_whole_number_of_a_setting_has_a_least_and_a_greatest(monkeypatch: pytest.MonkeyPatch):
    numbers = {name: field for name, field in Settings.model_fields.items() if field.annotation is int}
    assert len(numbers) > 10
    for name in numbers:
        for typed in ("-1", "1e18", "99999999999999999999"):
            monkeypatch.setenv(f"AGRIPLAN_{name.upper()}", typed)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert {problem.place for problem in refused.value.problems} == {f"AGRIPLAN_{name.upper()}" for name in numbers}


def test_every_number_of_an_option_has_a_least_and_a_greatest_which_are_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = [
        (command, param)
        for command in main.commands.values()
        for param in command.params
        if isinstance(param.type, click.IntRange | click.types.IntParamType)
    ]
    assert len(options) > 4
    for command, param in options:
        for typed in (param.type.min - 1, param.type.max + 1, "1e9", "99999999999999999999"):
            told = CliRunner().invoke(main, [command.name, f"{param.opts[0]}={typed}"])
            assert (told.exit_code, f"{param.type.min} 至 {param.type.max}" in told.stderr) == (2, True), told.output
    with open_store("sqlite:///a.sqlite3"):
        pass
    for days in ("0", "36500"):
        assert CliRunner().invoke(main, ["prune", "--database", "sqlite:///a.sqlite3", "--days", days]).exit_code == 0
