"""Where data, templates and manuals are: beside the package in a checkout, inside it once it is installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# The wheel carries these folders in agriplan/data/ (see pyproject.toml), so that it runs from any working folder.
PACKED = PACKAGE / "data"


def baselines_folder() -> Path:
    """The data folder of the plan that is shipped."""
    return _shipped("baselines")


def templates_folder() -> Path:
    """The folder of the workbook templates that are shipped."""
    return _shipped("templates")


def template_file(own: Path | None, name: str) -> Path:
    """The template of that name in a folder of one's own where it has one, else the shipped one."""
    return own / name if own is not None and (own / name).is_file() else templates_folder() / name


def manuals_folder() -> Path:
    """The folder of the manuals that are shipped."""
    return _shipped("docs")


def _shipped(name: str) -> Path:
    packed = PACKED / name
    return packed if packed.is_dir() else PACKAGE.parent / name
