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


# Lines more above everything else, so that headings and tables come to the foot of a page; most of them in full only.
# With twelve the table of tasks stands on two pages. With three, LibreOffice 7.4 leaves a heading at the foot of page 2
# although it is kept with what follows: three are left out.
MORE_LINES = (0, 1, 2, 4, 6, 12, 18, 32, 36) if FULL else (12, 36)
# With 25 to 29 lines more the Chinese heading, kept with its charts by Word's means alone, ends its page.
ABOVE_CHARTS = (*range(0, 13, 3), *range(24, 31)) if FULL else (25,)


@pytest.fixture(scope="module")
def found(plan):
    return evaluate(plan, suggestions_as_of(plan.baselines, plan.suggestions, 2022), 2022)


@pytest.fixture(scope="module")
def printed(plan, found, tmp_path_factory):
    """Briefs in both languages with so many lines more, as Writer prints them: all with one start of it."""
    folder = tmp_path_factory.mktemp("briefs")
    briefs = {lang: folder / f"{lang}.docx" for lang in LANGS}
    for lang, file in briefs.items():
        file.write_bytes(write_brief(found, plan.baselines.region.code, lang))
    files = {("zh", count): folder / f"zh-{count}.docx" for count in ABOVE_CHARTS}
    for (_, count), file in files.items():
        document = Document(str(briefs["zh"]))
        second = [one for one in document.paragraphs if one.style.name == "Normal"][1]
        for _ in range(count):
            second.insert_paragraph_before("一行")
        document.save(str(file))
    headline = brief_values(found, plan.baselines.region.code, "en")["headline"]
    for count in MORE_LINES:
        document = Document(str(briefs["en"]))
        first = next(one for one in document.paragraphs if one.text == headline)
        for _ in range(count):
            first._p.addnext(deepcopy(first._p))
        files["en", count] = folder / f"en-{count}.docx"
        document.save(str(files["en", count]))
    as_pdf([*files.values()], folder)
    return files


@needs_writer
def test_a_brief_opens_in_libreoffice_with_its_sentences_tables_and_charts(plan, found, printed):
    for lang in LANGS:
        count = {"zh": ABOVE_CHARTS, "en": MORE_LINES}[lang][0]
        shown = "".join("".join(pages_of(printed[lang, count])).split())
        values = brief_values(found, plan.baselines.region.code, lang)
        for said in (values["title"], values["headline"], *values["indicators"][0]["sentences"]):
            assert "".join(said.split()) in shown
        for chart in (values["chart_progress"], values["chart_growth"]):
            assert all("".join(bars.name.split()) in shown for bars in chart.series)


@needs_writer
def test_a_heading_of_charts_stands_on_their_page_however_much_stands_above(plan, found, printed):
    title = "".join(brief_values(found, plan.baselines.region.code, "zh")["chart_progress"].title.split())
    for count in ABOVE_CHARTS:
        pages = pages_of(printed["zh", count])
        (page,) = ("".join(one.split()) for one in pages if "三、进度与增速" in one)
        assert title in page, count


@needs_writer
def test_no_heading_ends_a_page_and_a_table_on_two_pages_has_its_head_on_both(found, printed):
    brief = Document(str(printed["en", MORE_LINES[0]]))
    headings = {one.text.strip() for one in brief.paragraphs if one.style.name.startswith("Heading")}
    torn, on_two_pages = [], 0
    for count in MORE_LINES:
        with_tasks = []
        for page in filter(str.strip, pages_of(printed["en", count])):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            body = [line for line in lines if found.issued.fingerprint not in line]
            if body[-1] in headings or body[-1].startswith(("League ", "Category ", "Indicator ")):
                torn.append((count, body[-1]))
            if any("→" in line for line in body):
                with_tasks.append(any(line.startswith("League ") for line in body))
        assert all(with_tasks), count
        on_two_pages += len(with_tasks) > 1
    assert torn == []
    assert on_two_pages


@needs_writer
def test_the_second_chart_may_stand_on_the_page_behind_the_headings(plan, found, tmp_path):
    for lang in LANGS:
        brief = tmp_path / f"{lang}.docx"
        brief.write_bytes(write_brief(found, plan.baselines.region.code, lang))
        (heading,) = [
            one for one in Document(str(brief)).paragraphs if one.style.name.startswith("Heading") and has_drawing(one)
        ]
        assert heading.paragraph_format.keep_with_next is False


def has_drawing(paragraph):
    return bool(paragraph._p.findall(".//{*}drawing"))
