"""Files that somebody hands in are looked at before they are opened."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from agriplan.errors import WorkbookError
from agriplan.workbook.readback.inputs import opening
from agriplan.workbook.readback.opening import open_workbook


def packed(parts, method=ZIP_DEFLATED):
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as pack:
        for name, text in parts.items():
            pack.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_workbook"),
        (b"PK\x03\x04 broken", "not_a_workbook"),
        (b"name,value\nmilk,1\n", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_encrypted_or_old"),
        (packed({"hello.txt": "hello"}), "not_a_workbook"),
        (packed({"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}), "workbook_has_macros"),
        (packed({"xl/workbook.xml": "<w/>", "xl/externalLinks/externalLink1.xml": "<e/>"}), "workbook_has_links"),
        (packed({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "workbook_has_entities"),
        (packed({f"xl/part{number}.xml": "<a/>" for number in range(1500)}), "workbook_too_large"),
        (packed({"xl/workbook.xml": b" " * (opening.MOST_UNPACKED + 1)}), "workbook_too_large"),
        (b"PK" + b"\0" * opening.MOST_BYTES, "workbook_too_large"),
    ],
)
def test_a_file_that_is_no_harmless_workbook_is_refused_with_one_sentence(data, code):
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/media/image1.png"])
def test_a_member_that_no_spreadsheet_program_writes_is_refused_before_it_is_unpacked(method, part, monkeypatch):
    data = packed({part: b"0" * 20_000_000}, method)
    monkeypatch.setattr(opening.ZipFile, "open", lambda *_: pytest.fail("a member was unpacked"))
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data)
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [(part, "workbook_packed_oddly")]


def test_stored_members_are_read_like_deflated_ones():
    with pytest.raises(WorkbookError) as caught:
        open_workbook(packed({"xl/workbook.xml": "<!DOCTYPE a><a/>"}, ZIP_STORED))
    assert caught.value.problems[0].code == "workbook_has_entities"


def test_a_size_that_is_declared_too_small_does_not_help(monkeypatch):
    honest = packed({"xl/workbook.xml": b"a" * 4096})
    monkeypatch.setattr(opening, "MOST_UNPACKED", 2000)
    monkeypatch.setattr(opening, "_dangers", lambda _entries: iter(()))
    with pytest.raises(WorkbookError) as caught:
        open_workbook(honest)
    assert caught.value.problems[0].code == "workbook_too_large"
