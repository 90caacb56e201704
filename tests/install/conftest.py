"""The built wheel, and an environment that has it and what it declares to need, nothing else."""

import os
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).resolve().parents[2]
# What pip says when no package registry answers; anything else that goes wrong is a failure.
UNREACHABLE = ("NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "NameResolutionError")


def pip(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode and any(word in done.stderr for word in UNREACHABLE):
        pytest.skip("no package registry can be reached: the wheel was not installed")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, CHECKOUT)
    return next(folder.glob("agriplan-*.whl"))


@pytest.fixture(scope="session")
def agriplan(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that the wheel installs, in an environment whose path has a space and Chinese in it.

    What the wheel needs is linked from the environment of the tests, which has the locked versions; with
    AGRIPLAN_DOORS=full it comes from the package registry.
    """
    folder = tmp_path_factory.mktemp("规划 环境")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    into: tuple[str | Path, ...] = ("--python", folder / "bin" / "python", "install")
    if os.environ.get("AGRIPLAN_DOORS") == "full":
        pip(*into, "--constraint", CHECKOUT / "constraints.txt", wheel)
        return folder / "bin" / "agriplan"
    pip(*into, "--no-deps", "--no-index", wheel)
    (packages,) = folder.glob("lib/python*/site-packages")
    (installed,) = Distribution.discover(name="agriplan", path=[str(packages)])
    for each in needed(installed):
        for top in {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(each.locate_file(top))).resolve())
    return folder / "bin" / "agriplan"


def needed(installed: Distribution) -> list[Distribution]:
    """What a distribution declares to need, and what that needs, as the environment of the tests has it."""
    found: dict[str, Distribution] = {}
    left = [(Requirement(line), {""}) for line in installed.requires or ()]
    while left:
        one, extras = left.pop()
        wanted = not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)
        if wanted and one.name.casefold() not in found:
            found[one.name.casefold()] = distribution(one.name)
            left += [(Requirement(line), one.extras or {""}) for line in found[one.name.casefold()].requires or ()]
    return list(found.values())
