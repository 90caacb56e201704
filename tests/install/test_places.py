"""Where data and templates are found."""

import subprocess
import sys
from pathlib import Path

import pytest

from agriplan import places

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_checkout_uses_its_own_data_whatever_the_working_folder(tmp_path: Path) -> None:
    program = "from agriplan.places import baselines_folder; print(baselines_folder())"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == CHECKOUT / "baselines"


def test_an_installed_package_uses_the_data_it_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "baselines").mkdir()
    monkeypatch.setattr(places, "PACKED", tmp_path)
    assert places.baselines_folder() == tmp_path / "baselines"


def test_templates_stand_beside_the_data() -> None:
    assert places.templates_folder() == CHECKOUT / "templates"
