"""The documents, and what their readers do beside typing: files that they have, edits that they are told."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from agriplan.cli import main
from tests.install.following import ALL, FENCE, Reader, commands, commands_in_sentences, page
from tests.rolling.missing_csv import fill

# Unless all is tried, one workbook is drawn where a line draws thirteen, and one indicator is checked instead of all.
# What goes through a pipe is tried in tests/test_command_lines.py.
SHORTENED = (
    (r"^agriplan workbook all ", "agriplan workbook region "),
    (r"^(agriplan init 我的规划)$", r"\1 --indicator milk"),
)
# What is typed into a wheel's environment with every run.
WITH_EVERY_RUN = ("agriplan workbook 通辽市 ", "agriplan read ", "agriplan serve ")
# What the lines of README.md make.
MADE = {"规划.sqlite3", "通辽市.xlsx", "比较.xlsx", "我的规划", "十五五", "我的模板", "备份.sqlite3"}
TABLE = (("2021年奶类产量（万吨）", None), ("盟市", "产量"), ("通辽市", 39.1), ("赤峰市", 48.4))
AREAS = "code,name_zh,name_en\n620000,甘肃省,Gansu\n620100,兰州市,Lanzhou\n620200,嘉峪关市,Jiayuguan\n"


def readme(reader: Reader) -> None:
    """README.md: every line of the list, in its order; unless all is tried, a workbook, what needs it, a service.

    The other lines are typed in one process by tests/docs/test_typed_lines.py.
    """
    text = page("README.md")
    has_files(reader.folder)
    lines = [*commands(text), *commands_in_sentences(text)]
    for line in lines if ALL else [line for line in lines if line.startswith(WITH_EVERY_RUN) and "|" not in line]:
        reader.types(line)
    assert "通辽市" in reader.types("curl http://localhost:8000/"), reader.wrong
    if ALL:
        reader.must_have(MADE)
        assert len(list((reader.folder / "out").glob("*.xlsx"))) == 13, reader.wrong
    else:
        reader.must_have({"通辽市.xlsx"})


def has_files(folder: Path) -> None:
    """A planner has two scenarios and a bureau's table."""
    scenario = re.search(r"```json\n(.*?)```", page("README.md"), re.DOTALL)[1]
    for name, content in {"方案.json": scenario, "方案一.json": scenario, "方案二.json": "{}"}.items():
        (folder / name).write_text(content, encoding="utf-8")
    table = Workbook()
    for row in TABLE:
        table.active.append(row)
    table.save(folder / "年鉴表.xlsx")


def shortened(lines: list[str]) -> list[str]:
    """The same lines about fewer figures, without those that lead through a pipe."""
    kept = [line for line in lines if "|" not in line]
    for long, short in SHORTENED:
        changed = [re.sub(long, short, line) for line in kept]
        assert changed != kept, long
        kept = changed
    return kept


def service_page(reader: Reader) -> None:
    """docs/service.md: started as it says, healthy, a link made."""
    text = page("docs/service.md")
    for line in (*commands(text), *commands_in_sentences(text)):
        # On this machine alone and on a free port they start what `agriplan serve` of the README does.
        if ALL or not line.startswith("agriplan serve") or "--reload" in line:
            reader.types(line)
    assert '"ok"' in reader.types(f"curl http://{reader.address}/healthz"), reader.wrong


def api_page(reader: Reader) -> None:
    """docs/api.md: the examples answer, and generators make clients of the document."""
    reader.types("agriplan serve")
    for line in commands(page("docs/api.md")):
        reader.types(line)
    made = {"通辽市.xlsx", "Tongliao-plan-2025.xlsx", "奶类.csv"}
    reader.must_have(made)


def data_page(reader: Reader) -> None:
    """baselines/README.md: a league's own figures, cashmere, the next period, a folder of one's own."""
    text = page("baselines/README.md")
    source, before, after, *_ = examples(text)
    own = reader.folder / "baselines"
    if not own.is_dir():  # installed: the page says how to come by one
        reader.types(next(line for line in commands_in_sentences(text) if line == "agriplan init baselines"))
    check, add, roll, *begin = [line for line in commands(text) if "十五五" not in line or "roll" in line]
    later = [line for line in commands(text) if "--baselines 十五五" in line]
    append(own / "sources.csv", source)
    edit(own / "observed.csv", lambda held: held.replace(before, after))
    reader.types(check)
    (reader.folder / "名单.csv").write_text(AREAS, encoding="utf-8")
    for line in (add, roll, *begin):
        reader.types(line)
    fill_cashmere(reader.folder / "含羊绒")
    assert "羊绒产量" in reader.types("agriplan plan --baselines 含羊绒 --indicator cashmere"), reader.wrong
    fill(reader.folder / "十五五")
    for line in later:
        reader.types(line)
    assert len(list((reader.folder / "out").glob("*.xlsx"))) == 13, reader.wrong


def examples(text: str) -> list[str]:
    """The rows that the data manual shows, in its order."""
    return re.findall(r"```csv\n(.*?)```", text, re.DOTALL)


def add_cashmere(folder: Path) -> Path:
    """An indicator with a target, as the data manual says: its command, and what is filled in."""
    line = next(line for line in commands(page("baselines/README.md")) if "--add" in line)
    _, init, name, *words = line.split()
    told = CliRunner().invoke(main, [init, str(folder / name), *words])
    assert told.exit_code == 0, told.output
    return fill_cashmere(folder / name)


def fill_cashmere(folder: Path) -> Path:
    """The rows of missing.csv with the values that the data manual shows."""
    shown = list(csv.DictReader(io.StringIO(examples(page("baselines/README.md"))[3])))
    file = folder / "missing.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    for row, values in zip(rows, shown, strict=True):
        assert row.items() >= {key: values[key] for key in ("what", "id", "area")}.items()
        row.update(values)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8")
    return folder


def append(file: Path, lines: str) -> None:
    edit(file, lambda held: held.rstrip("\n") + "\n" + lines)


def edit(file: Path, change: Callable[[str], str]) -> None:
    held = file.read_text(encoding="utf-8-sig")
    changed = change(held)
    assert changed != held
    file.write_text(changed, encoding="utf-8")


def template_page(reader: Reader) -> None:
    """docs/template.md: written out, edited as the table says, checked, filled, served; a slip is told as it says."""
    text = page("docs/template.md")
    write, check, *fill_them = commands(text)
    reader.types(write)
    own = reader.folder / "my-templates" / "workbook.xlsx"
    book = load_workbook(own)
    book.create_sheet("封皮", 0)
    rows = re.findall(r"^\| (\S+) \| (\w*) ?\| (?:`(.+?)`)? ?\| `(.+?)` \|$", text, re.MULTILINE)
    for sheet, cell, before, after in rows:
        put(book[sheet], cell, before, after)
    book.save(own)
    assert "封皮" not in reader.types(check), reader.wrong
    for line in fill_them:
        reader.types(line)
    made = load_workbook(reader.folder / "通辽市.xlsx", data_only=True)
    assert made.sheetnames[0] == "封皮"
    told = {str(cell.value) for sheet in made for line in sheet.iter_rows() for cell in line}
    assert {"通辽市“十四五”农牧业目标任务书", "去填报", "未达进度", "通辽市农牧业目标"} <= told
    title, _, place = made.defined_names["plan.light"].attr_text.replace("$", "").rpartition("!")
    assert made["封皮"]["B6"].value == made[title.strip("'")][place].value
    sentence = next(body for kind, body in FENCE.findall(text) if body.startswith("年度!"))
    cell, slip = re.match(r"年度!(\w+): \D*?(\{[\w.]+\})", sentence).groups()
    put(book["年度"], cell, "", slip)
    book.save(own)
    assert reader.types(f"{check} 2>&1 || true").strip() == sentence.strip()


def put(sheet: Worksheet, cell: str, before: str, after: str) -> None:
    """Write into a cell, or into the one that begins with what stands there."""
    found = (
        sheet[cell]
        if cell
        else next(each for line in sheet.iter_rows() for each in line if str(each.value or "").startswith(before))
    )
    assert str(found.value or "").startswith(before), (sheet.title, cell, found.value)
    found.value = str(found.value or "").replace(before, after, 1) if before else after


DOCUMENTS: dict[str, Callable[[Reader], None]] = {
    "README.md": readme,
    "docs/service.md": service_page,
    "docs/api.md": api_page,
    "docs/template.md": template_page,
    "baselines/README.md": data_page,
}

# With every run one document is followed from the wheel; in full all are from there and from a clone.
FROM_THE_WHEEL = list(DOCUMENTS) if ALL else ["README.md"]
FROM_A_CLONE = list(DOCUMENTS) if ALL else ["docs/service.md"]
