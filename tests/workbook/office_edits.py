"""Edits that a planner makes in LibreOffice itself, by a macro in a profile of their own: no package beyond Calc."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.workbook.recalculation import OFFICE, prepare_profile

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">
{text}
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edits"/></library:library>
"""
# Without the way out after an error LibreOffice would wait for somebody to click.
_MAIN = """Sub Main
  On Error GoTo Failed
{calls}
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open "{complaint}" For Output As #1
  Print #1, Error$ & " (line " & Erl & ")"
  Close #1
  StarDesktop.terminate()
End Sub
"""
# Sheets are protected without a password: a planner opens them with a click, and so does this.
_EDIT = """
Sub Edit(source As String, goal As String, places As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  Dim area As Object, book As Object, sheet As Object, place As Variant, said As Variant
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  For Each place In Split(places, " ")
    said = Split(place, ":")
    area = book.NamedRanges.getByName(said(0)).ReferredCells.RangeAddress
    sheet = book.Sheets.getByIndex(area.Sheet)
    sheet.unprotect("")
    sheet.Rows.insertByIndex(area.StartRow + CLng(said(1)), CLng(said(2)))
    sheet.protect("")
  Next
  book.calculateAll()
  book.storeToURL(goal, kind())
  book.close(True)
End Sub
"""


def insert_rows(files: Sequence[Path], folder: Path, places: Mapping[str, tuple[int, int]]) -> list[Path]:
    """Insert rows in each file: for each range named, how many rows from its first, and how many; into `folder`."""
    done = [folder / file.name for file in files]
    said = " ".join(f"{name}:{offset}:{count}" for name, (offset, count) in places.items())
    calls = (f'  Edit "{file.as_uri()}", "{goal.as_uri()}", "{said}"' for file, goal in zip(files, done, strict=True))
    complaint = folder / "complaint.txt"
    _run_macro(_MAIN.format(calls="\n".join(calls), complaint=complaint) + _EDIT, folder / "profile")
    assert not complaint.exists(), complaint.read_text(encoding="utf-8", errors="replace")
    return done


# One edit in a file of its own, in the words of LibreOffice Basic; `book` is the workbook, the rest is for its use.
_OWN = """
Sub Own{number}()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  Dim field(0) As New com.sun.star.table.TableSortField
  Dim how(1) As New com.sun.star.beans.PropertyValue
  Dim book As Object, sheet As Object, area As Variant, number As Long
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  For number = 0 To book.Sheets.Count - 1
    book.Sheets.getByIndex(number).unprotect("")
  Next
{text}
  book.calculateAll()
  book.storeToURL("{goal}", kind())
  book.close(True)
End Sub
"""


def edit_in_office(file: Path, folder: Path, edits: Mapping[str, str]) -> dict[str, Path]:
    """The file after each of these edits alone, worked out and saved by LibreOffice."""
    done = {name: folder / f"{name}.xlsx" for name in edits}
    subs = [
        _OWN.format(number=number, source=file.as_uri(), goal=done[name].as_uri(), text=text)
        for number, (name, text) in enumerate(edits.items())
    ]
    complaint = folder / "complaint.txt"
    calls = "\n".join(f"  Own{number}" for number in range(len(edits)))
    _run_macro(_MAIN.format(calls=calls, complaint=complaint) + "".join(subs), folder / "profile")
    assert not complaint.exists(), complaint.read_text(encoding="utf-8", errors="replace")
    return done


def _run_macro(text: str, profile: Path) -> None:
    # The first start lays the standard libraries over whatever a profile holds, so the macro comes after it.
    prepare_profile(profile)
    _start_office(profile, "--terminate_after_init")
    library = profile / "user" / "basic" / "Standard"
    (library / "Edits.xba").write_text(_MODULE.format(text=escape(text)), encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    _start_office(profile, "macro:///Standard.Edits.Main")


def _start_office(profile: Path, *arguments: str) -> None:
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=600)
