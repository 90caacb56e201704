"""A brief opens in LibreOffice and shows what it says, in both languages, with its charts."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from agriplan.analysis.evaluation import evaluate
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.document import write_brief
from agriplan.report.brief.words import brief_values
from agriplan.sentences import LANGS
from tests.workbook.recalculation import OFFICE

WRITER = OFFICE is not None and (Path(OFFICE).resolve().parent / "libswlo.so").exists()
needs_writer = pytest.mark.skipif(
    not (WRITER and which("pdftotext")), reason="LibreOffice Writer and pdftotext are needed (libreoffice-writer)"
)


@needs_writer
def test_a_brief_opens_in_libreoffice_with_its_sentences_tables_and_charts(plan, tmp_path):
    data = plan.baselines
    found = evaluate(plan, suggestions_as_of(data, plan.suggestions, 2022), 2022)
    files = []
    for lang in LANGS:
        files.append(tmp_path / f"brief-{lang}.docx")
        files[-1].write_bytes(write_brief(found, data.region.code, lang))
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, files)], check=True, capture_output=True, timeout=300
    )
    for lang, file in zip(LANGS, files, strict=True):
        made = subprocess.run(["pdftotext", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True)
        shown = "".join(made.stdout.decode().split())
        values = brief_values(found, data.region.code, lang)
        for said in (values["title"], values["headline"], *values["indicators"][0]["sentences"]):
            assert "".join(said.split()) in shown
        for chart in (values["chart_progress"], values["chart_growth"]):
            assert all("".join(bars.name.split()) in shown for bars in chart.series)
