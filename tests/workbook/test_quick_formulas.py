"""Opening workbooks quickly in tests changes no formula that cells share."""

import html
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.formula.translate import Translator, TranslatorError
from quick_formulas import openpyxls_own, translate

from agriplan.engine.plan import Plan
from agriplan.workbook.files import load_template, write_workbook

SHARED = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f t="shared"[^>]* ref="[^"]+"[^>]*>([^<]+)</f>')
ODD = (
    *("=B2", "=$B2+B$2*$B$2", "=SUM(B2:C9,b3:$C4)", "='通辽 市'!B2+Sheet!B2:C3", "=SUM(B:C)+SUM(3:4)", "=rate*B2:last"),
    *('="B2"&B2', "=B2%", "=IF(B2>=1,TRUE,#N/A)", "=Sheet!rate", "=[1]Sheet!B2", "=B2:C3:D4", "B2", "=", "=LOG10(B2)"),
    *("=XFD1048576", "=Table[B2]", "={1,2}+B2", "=B2 C3", "='it''s'!B2"),
)


def said(translator: Translator, how: object, dest: str) -> str:
    try:
        return how(translator, dest)  # type: ignore[operator]
    except TranslatorError as error:
        return f"TranslatorError: {error}"


@pytest.mark.parametrize("formula", ODD)
def test_a_formula_reads_in_another_cell_as_openpyxl_has_it(formula: str) -> None:
    translator = Translator(formula, "C3")
    for dest in ("C3", "C4", "D3", "F60", "B2", "A1", "XFD3", "C1048570"):
        assert said(translator, translate, dest) == said(translator, openpyxls_own, dest), dest


def test_every_shared_formula_of_a_workbook_does(plan: Plan) -> None:
    with ZipFile(BytesIO(write_workbook(plan, "150500", load_template(None, "zh"), "zh"))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    shared = {(cell, html.unescape(formula)) for sheet in sheets for cell, formula in SHARED.findall(sheet)}
    assert len(shared) > 100
    for cell, formula in shared:
        translator = Translator(f"={formula}", cell)
        for dest in ("Z80", "AB7"):
            assert said(translator, translate, dest) == said(translator, openpyxls_own, dest), formula
