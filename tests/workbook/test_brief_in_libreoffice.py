"""A brief opens in LibreOffice and shows what it says, in both languages, with its charts, on whole pages."""

import subprocess
from copy import deepcopy
from pathlib import Path
from shutil import which

import pytest
from docx import Document

from agriplan.analysis.evaluation import evaluate
from agriplan.forecast.suggestions import suggestions_as_of
from agriplan.report.brief.document import write_brief
from agriplan.report.brief.words import brief_values
from agriplan.sentences import LANGS
from tests.thoroughness import FULL
from tests.workbook.recalculation import OFFICE

WRITER = OFFICE is not None and (Path(OFFICE).resolve().parent / "libswlo.so").exists()
needs_writer = pytest.mark.skipif(
    not (WRITER and which("pdftotext")), reason="LibreOffice Writer and pdftotext are needed (libreoffice-writer)"
)


def as_pdf(files: list[Path], folder: Path) -> None:
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=300)


def pages_of(file: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")


@needs_writer
def test_a_brief_opens_in_libreoffice_with_its_sentences_tables_and_charts(plan, tmp_path):
    data = plan.baselines
    found = evaluate(plan, suggestions_as_of(data, plan.suggestions, 2022), 2022)
    files = []
    for lang in LANGS:
        files.append(tmp_path / f"brief-{lang}.docx")
        files[-1].write_bytes(write_brief(found, data.region.code, lang))
    as_pdf(files, tmp_path)
    for lang, file in zip(LANGS, files, strict=True):
        shown = "".join("".join(pages_of(file)).split())
        values = brief_values(found, data.region.code, lang)
        for said in (values["title"], values["headline"], *values["indicators"][0]["sentences"]):
            assert "".join(said.split()) in shown
        for chart in (values["chart_progress"], values["chart_growth"]):
            assert all("".join(bars.name.split()) in shown for bars in chart.series)


# Lines more above everything else, so that headings and tables come to the foot of a page; every other one in full.
MORE_LINES = (0, 1, 2, 3, 4, 6, 12, 18, 32, 36) if FULL else (0, 2, 4, 18, 36)
ABOVE_CHARTS = range(13) if FULL else (0, 3, 6, 8, 9, 10)


@needs_writer
def test_a_heading_of_charts_stands_on_their_page_however_much_stands_above(plan, tmp_path):
    """With nine lines more the Chinese one stood alone at the foot of its page."""
    found = evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, 2022), 2022)
    brief = tmp_path / "brief.docx"
    brief.write_bytes(write_brief(found, plan.baselines.region.code, "zh"))
    files = [tmp_path / f"brief-{count}.docx" for count in ABOVE_CHARTS]
    for count, file in zip(ABOVE_CHARTS, files, strict=True):
        document = Document(str(brief))
        second = [one for one in document.paragraphs if one.style.name == "Normal"][1]
        for _ in range(count):
            second.insert_paragraph_before("一行")
        document.save(str(file))
    as_pdf(files, tmp_path)
    title = "".join(brief_values(found, plan.baselines.region.code, "zh")["chart_progress"].title.split())
    for file in files:
        (page,) = ("".join(one.split()) for one in pages_of(file) if "三、进度与增速" in one)
        assert title in page, file.name


@needs_writer
def test_no_heading_ends_a_page_and_a_table_on_two_pages_has_its_head_on_both(plan, tmp_path):
    found = evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, 2022), 2022)
    region = plan.baselines.region.code
    headline = brief_values(found, region, "en")["headline"]
    files = [tmp_path / f"brief-{count}.docx" for count in MORE_LINES]
    files[0].write_bytes(write_brief(found, region, "en"))
    headings = {one.text.strip() for one in Document(str(files[0])).paragraphs if one.style.name.startswith("Heading")}
    for count, file in zip(MORE_LINES[1:], files[1:], strict=True):
        document = Document(str(files[0]))
        first = next(one for one in document.paragraphs if one.text == headline)
        for _ in range(count):
            first._p.addnext(deepcopy(first._p))
        document.save(str(file))
    as_pdf(files, tmp_path)
    torn, on_two_pages = [], 0
    for file in files:
        with_tasks = []
        for page in filter(str.strip, pages_of(file)):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            body = [line for line in lines if found.issued.fingerprint not in line]
            if body[-1] in headings or body[-1].startswith(("League ", "Category ", "Indicator ")):
                torn.append((file.name, body[-1]))
            if any("→" in line for line in body):
                with_tasks.append(any(line.startswith("League ") for line in body))
        assert all(with_tasks), file.name
        on_two_pages += len(with_tasks) > 1
    assert torn == []
    assert on_two_pages


@needs_writer
def test_the_second_chart_may_stand_on_the_page_behind_the_headings(plan, tmp_path):
    found = evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, 2022), 2022)
    for lang in LANGS:
        brief = tmp_path / f"{lang}.docx"
        brief.write_bytes(write_brief(found, plan.baselines.region.code, lang))
        (heading,) = [
            one for one in Document(str(brief)).paragraphs if one.style.name.startswith("Heading") and has_drawing(one)
        ]
        assert heading.paragraph_format.keep_with_next is False


def has_drawing(paragraph):
    return bool(paragraph._p.findall(".//{*}drawing"))
