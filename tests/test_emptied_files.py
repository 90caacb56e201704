"""Every file of a data folder emptied, with its heads alone, or away: it is said in words, of that file."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agriplan.baselines.files import FILES, OPTIONAL
from agriplan.baselines.missing import NAME
from agriplan.cli import main
from agriplan.places import baselines_folder

# A plan whose figures and growths are filled in elsewhere has heads alone in these: what is lacking is told instead.
FILLED_ELSEWHERE = {"observed.csv", "assumptions.csv"}


def as_heads(name: str, text: str) -> str:
    return f"{text.splitlines()[0]}\n" if name.endswith(".csv") else "# 以后再填\n"


WAYS = {"empty": lambda *_: "", "blank": lambda *_: "\n \n", "heads": as_heads, "away": None}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_without_content_is_told_in_words_and_once(name: str, way: str, tmp_path: Path):
    folder = Path(shutil.copytree(baselines_folder(), tmp_path / "plan"))
    file, write = folder / name, WAYS[way]
    file.touch()
    text = file.read_text(encoding="utf-8") or "what,id,value\n"
    file.write_text(write(name, text), encoding="utf-8") if write else file.unlink()
    done = CliRunner().invoke(main, ["--lang", "en", "--baselines", str(folder), "plan"])
    lines = done.stderr.splitlines()
    if (way == "away" and name in OPTIONAL - {"places.csv"}) or (name, way) == (NAME, "heads"):
        assert (done.exit_code, lines) == (0, [])
        return
    assert done.exit_code == 2, done.exception
    assert all(line.startswith(name) for line in lines)
    assert len(lines) == 1 or (name in FILLED_ELSEWHERE and way == "heads")


def test_places_that_no_commitment_names_may_be_away(tmp_path: Path):
    folder = Path(shutil.copytree(baselines_folder(), tmp_path / "plan"))
    (folder / "places.csv").unlink()
    file = folder / "commitments.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join("belts = []" if line.startswith("belts =") else line for line in lines), encoding="utf-8")
    assert CliRunner().invoke(main, ["--baselines", str(folder), "plan"]).exit_code == 0
