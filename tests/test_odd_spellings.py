"""A data folder that is spelled in every odd way that its reader takes is written again like one that is not."""

import csv
import io
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from agriplan.baselines.csv_table import csv_text
from agriplan.baselines.files import FILES
from agriplan.baselines.folder import read_baselines
from agriplan.baselines.missing import NAME, Missing
from agriplan.baselines.records import Figure, Record
from agriplan.baselines.rows import read_cells, read_rows
from agriplan.cli import main
from agriplan.places import baselines_folder
from agriplan.settings import Settings
from agriplan.web.app import create_app
from tests.web.reading import field

TABLES = [name for name in FILES if name.endswith(".csv")]
# Of one commitment: beside a figure that observed.csv has, one that was filled in, and one that no file has.
TAKEN = "地区,2021年奶类产量（万吨）,2022年奶类产量（万吨）,2023年奶类产量（万吨）\n赤峰市,48.3,57.5,60.1\n"
FILLED = ("150400", "milk_output", "2021", "local")
SAID = {"basis": "local", "grade": "secondary", "source": "赤峰市统计年鉴"}
SAID_TYPED = [word for name, said in SAID.items() for word in (f"--{name}", said)]
AREAS = "\n code ,name_zh,name_en,\n620000,甘肃省,Gansu,\n620100,兰州市,Lanzhou,\n620200,嘉峪关市,Jiayuguan,\n"
COMMANDS = {
    "check": ("check", "--baselines", "{plan}"),
    "roll": ("roll", "--baselines", "{plan}", "--target-year", "2030", "-o", "{made}"),
    "copy": ("init", "{made}", "--from", "{plan}"),
    "years": ("init", "{made}", "--from", "{plan}", "--base-year", "2021"),
    "region": ("init", "{made}", "--from", "{plan}", "--region", "{areas}"),
    "added": ("init", "{made}", "--from", "{plan}", "--add", "cashmere:amount:羊绒产量（吨）"),
    "some": ("init", "{made}", "--from", "{plan}", "--indicator", "milk"),
    "some years": ("init", "{made}", "--from", "{plan}", "--indicator", "milk", "--base-year", "2021"),
    "take": ("take", "--baselines", "{plan}", "{table}", "-o", "{made}", "--accept", *SAID_TYPED),
    "doubtful": ("take", "--baselines", "{plan}", "{table}", "-o", "{made}", "--accept-doubtful", *SAID_TYPED),
}


def spelled(cell: str) -> Iterator[str]:
    """Other ways to write what a cell holds, the oddest first."""
    wide = cell.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.-"})
    try:
        number = float(cell)
    except ValueError:
        yield f"\u3000{cell} "
    else:
        yield from (f"{number:,}", wide, f"{number:.3f}", f"\u00a0{cell} ", f"{cell} ")


def read_alike(row: Mapping[str, str], model: type[Record]) -> Record | None:
    try:
        return model.model_validate({name: cell for name, cell in row.items() if cell})
    except ValidationError:
        return None


def odd_row(row: dict[str, str], model: type[Record], number: int) -> dict[str, str]:
    """The row with every cell in another spelling that is read as the same; which, goes by the row's number."""
    meant = read_alike(row, model)
    for name, cell in list(row.items()):
        others = [
            one for one in spelled(cell) if cell and one != cell and read_alike(row | {name: one}, model) == meant
        ]
        row = row | {name: others[number % len(others)]} if others else row
    return row


def odd_table(text: str, model: type[Record]) -> str:
    rows = list(csv.DictReader(io.StringIO(text)))
    heads = [f" {name}\u3000" for name in rows[0]]
    body = [[*odd_row(row, model, number).values(), "", ""] for number, row in enumerate(rows)]
    return csv_text([[], ["", " "], [*heads, "", " "], *(line for row in body for line in (row, [" "]))])


def odd_toml(text: str) -> str:
    """The text with every head and every key of its own line in another spelling."""
    ways = (r"  \1 =", r'"\1" =', "\\1\t=", r' "\1"  =')
    lines = [
        re.sub(r"^(\w+) *=", ways[number % len(ways)], re.sub(r"^(\[+)([\w.-]+)(\]+)", r" \1 \2 \3", line))
        for number, line in enumerate(text.splitlines())
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped folder with one figure that was filled in, and the same oddly spelled."""
    top = tmp_path_factory.mktemp("spelled")
    plain, odd = top / "plain", top / "odd"
    shutil.copytree(baselines_folder(), plain)
    rows = list(csv.DictReader(io.StringIO((plain / "observed.csv").read_text(encoding="utf-8"))))
    moved = next(row for row in rows if (row["area"], row["indicator"], row["year"], row["basis"]) == FILLED)
    rows.remove(moved)
    (plain / "observed.csv").write_text(csv_text([rows[0], *(row.values() for row in rows)]), encoding="utf-8")
    told = {name: cell for name, cell in moved.items() if name in Missing.model_fields}
    filled = Missing(what="figure", id=moved["indicator"], **told).model_dump()
    (plain / NAME).write_text(csv_text([filled, filled.values()]), encoding="utf-8")
    shutil.copytree(plain, odd)
    for name in TABLES:
        text = (plain / name).read_text(encoding="utf-8")
        (odd / name).write_text(odd_table(text, FILES[name]), encoding="utf-8")
    for name in FILES.keys() - TABLES:
        (odd / name).write_text(odd_toml((plain / name).read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("backtest.csv", "suggestions.csv"):
        (odd / name).unlink()
    for name in ("备注.xlsx", "README.md"):  # what planners keep beside the data, in whatever encoding
        (odd / name).write_bytes("说明".encode("gb18030"))
    return {"plain": plain, "odd": odd}


def meaning(files: Mapping[str, bytes]) -> dict[str, object]:
    """What the files of a folder say: their rows as they are read, and their other entries."""
    said: dict[str, object] = {}
    for name in files.keys() & set(FILES):
        text, problems = files[name].decode("utf-8-sig"), []
        table = read_cells(name, text, FILES[name], problems) if name.endswith(".csv") else None
        said[name] = list(read_rows(name, table, FILES[name], problems).values()) if table else tomllib.loads(text)
        assert not problems, [one.text("en") for one in problems]
    return said


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.exists() else {}


def run(plan: Path, words: tuple[str, ...], place: Path) -> dict[str, object]:
    place.mkdir(parents=True)
    places = {"plan": plan, "made": place / "made", "areas": place / "areas.csv", "table": place / "table.csv"}
    places["areas"].write_text(AREAS, encoding="utf-8")
    places["table"].write_text(TAKEN, encoding="utf-8")
    done = CliRunner().invoke(main, [word.format(**places) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return meaning(contents(places["made"]))


def test_the_odd_folder_is_odd_throughout_and_read_as_the_same(plans: dict[str, Path]):
    plain, odd = (read_baselines(folder) for folder in plans.values())
    assert odd.observed.equals(plain.observed)
    for name in FILES:
        if name.endswith(".toml"):
            heads = [line for line in contents(plans["odd"])[name].decode().splitlines() if re.match(r"\w+ =|\[", line)]
            assert heads == [], name
            continue
        same = set.intersection(*(set(contents(plan)[name].decode().splitlines()) for plan in plans.values()))
        assert not same, name
    figures = contents(plans["odd"])["observed.csv"].decode()
    for kind in (r"[０-９]", r'"\d,\d{3}\.\d"', r",20\d\d\.000,", "\u3000[a-z]+[0-9]+ ", r",\u00a0\d"):
        assert re.search(kind, figures), kind


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_writes_a_folder_again_takes_odd_spellings(command, plans, tmp_path):
    plain, odd = (run(plan, COMMANDS[command], tmp_path / name) for name, plan in plans.items())
    assert odd == plain


def test_what_was_filled_in_is_replaced_where_a_table_has_it_too(plans, tmp_path):
    for name, plan in plans.items():
        made = run(plan, COMMANDS["take"], tmp_path / name)
        rows = [row for row in made["observed.csv"] if isinstance(row, Figure) and row.area == "150400"]
        local = [(row.year, row.value) for row in rows if (row.indicator, row.basis) == ("milk_output", "local")]
        assert sorted(local) == [(2021, 48.3), (2022, 57.5), (2023, 60.1)]
        assert made[NAME] == []


@pytest.fixture(scope="module", params=["plain", "odd"])
def client(request, plans, tmp_path_factory):
    database = f"sqlite:///{tmp_path_factory.mktemp('store') / 'plans.sqlite3'}"
    return create_app(Settings(baselines=plans[request.param], database=database)).test_client()


def unpacked(answer) -> dict[str, object]:
    assert answer.content_type == "application/zip", answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        return meaning({Path(name).name: pack.read(name) for name in pack.namelist()})


def test_the_page_of_the_next_period_takes_odd_spellings(client, plans, tmp_path):
    token = field(client.get("/roll").text, "csrf_token")
    made = unpacked(client.post("/roll", data={"csrf_token": token, "target_year": "2030"}))
    assert made == run(plans["plain"], COMMANDS["roll"], tmp_path / "roll")


def test_the_page_of_tables_takes_odd_spellings(client, plans, tmp_path):
    token = field(client.get("/tables").text, "csrf_token")
    shown = client.post("/tables", data={"csrf_token": token, "pasted": TAKEN}).text
    places = [part.split('"')[0] for part in shown.split('name="take" value="')[1:]]
    data = {name: field(shown, name) for name in ("csrf_token", "table", "area", "year")}
    made = unpacked(client.post("/tables/accept", data={**data, **SAID, "take": places}))
    rows = [row for row in made["observed.csv"] if isinstance(row, Figure) and row.area == "150400"]
    local = [(row.year, row.value) for row in rows if (row.indicator, row.basis) == ("milk_output", "local")]
    assert sorted(local) == [(2021, 48.3), (2022, 57.5), (2023, 60.1)]
