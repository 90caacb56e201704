from pathlib import Path

import pytest

from agriplan.errors import SettingsError
from agriplan.settings import Settings, manual, read_settings

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
