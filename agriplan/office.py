"""Which sort of Office file something is, told by the parts of its package and not by its name."""

from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

OfficeKind = Literal["workbook", "document", "presentation"]
_FOLDERS: dict[str, OfficeKind] = {"xl": "workbook", "word": "document", "ppt": "presentation"}


def kind_of(file: Path) -> OfficeKind | None:
    """The sort of an Office file; None where it is none, is damaged, or cannot be read."""
    try:
        with ZipFile(file) as package:
            return kind_of_parts(package.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def kind_of_parts(names: list[str]) -> OfficeKind | None:
    """The sort of a package with parts of these names.

    >>> kind_of_parts(["[Content_Types].xml", "word/document.xml"]), kind_of_parts(["a.txt"])
    ('document', None)
    """
    folders = {name.partition("/")[0] for name in names}
    return next((kind for folder, kind in _FOLDERS.items() if folder in folders), None)
