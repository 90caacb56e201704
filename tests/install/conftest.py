"""The built wheel, and an empty environment with it."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
# What pip says when no package registry answers; anything else that goes wrong is a failure.
UNREACHABLE = ("NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "NameResolutionError")


def pip(python: Path, *arguments: str) -> None:
    done = subprocess.run([python, "-m", "pip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode and any(word in done.stderr for word in UNREACHABLE):
        pytest.skip("no package registry can be reached: the wheel was not installed")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(Path(sys.executable), "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(CHECKOUT))
    return next(folder.glob("agriplan-*.whl"))


@pytest.fixture(scope="session")
def agriplan(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that the wheel installs, in an environment whose path has a space and Chinese in it."""
    folder = tmp_path_factory.mktemp("规划 环境")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip(folder / "bin" / "python", "install", "--constraint", str(CHECKOUT / "constraints.txt"), str(wheel))
    return folder / "bin" / "agriplan"
