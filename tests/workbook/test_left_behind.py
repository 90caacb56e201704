"""What a template holds and no workbook will is named by the check, with its place, in both languages."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule

from agriplan.cli import main
from agriplan.workbook.template.reading import read_template

SHIPPED = Path(__file__).parents[2] / "templates" / "workbook.xlsx"


def test_what_cannot_be_carried_is_named_with_its_place(tmp_path):
    book = openpyxl.load_workbook(SHIPPED)
    first = book.worksheets[0]
    first["A1"].comment = Comment("请领导审阅", "办公室")
    first["A2"].hyperlink = "https://example.org/"
    first.conditional_formatting.add("A1:B2", CellIsRule(operator="greaterThan", formula=["1"]))
    book.worksheets[1].row_dimensions[3].hidden = True
    own = tmp_path / "own.xlsx"
    book.save(own)
    with ZipFile(own, "a") as file:
        file.writestr("xl/media/image1.png", b"\x89PNG")
    name = first.title
    assert {(one.place, one.code) for one in read_template(own).cautions} == {
        ("own.xlsx", "template_left_pictures"),
        (name, "template_left_formats"),
        (book.worksheets[1].title, "template_left_hidden"),
        (f"{name}!A1", "template_left_comment"),
        (f"{name}!A2", "template_left_link"),
    }
    told = CliRunner().invoke(main, ["check", "--template", str(own)])
    assert told.exit_code == 0, told.output
    assert f"{name}!A1: 提示：批注不会带入工作簿" in told.stdout


def test_the_shipped_templates_leave_nothing_behind():
    for path in SHIPPED.parent.glob("workbook*.xlsx"):
        assert read_template(path).cautions == ()
