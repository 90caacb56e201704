"""Tables handed in and the next period's folder: previewed on a page, taken away as a zip, nothing written here."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from agriplan.baselines.copies import check_files
from agriplan.baselines.files import FILES
from agriplan.baselines.grades import GRADES
from agriplan.cli import main
from agriplan.places import baselines_folder
from agriplan.sentences import say
from agriplan.settings import Settings
from agriplan.taking.accepting import ERRORS
from agriplan.web.app import create_app
from agriplan.web.pages.tables import MOST_CHARACTERS, MOST_TABLES
from agriplan.web.service import EXTENSION_NAME
from tests.web.reading import field

TABLES = Path(__file__).parents[1] / "tables"
ONCE = {"basis": "local", "grade": "secondary", "source": "通辽市统计局《统计年鉴》2023"}


def hand_in(client: FlaskClient, name: str, **fields: str):
    token = field(client.get("/tables").text, "csrf_token")
    data = {"csrf_token": token, **fields}
    if name:
        data["file"] = (io.BytesIO((TABLES / name).read_bytes()), name)
    return client.post("/tables", data=data, content_type="multipart/form-data")


def confirm(client: FlaskClient, page: str, ticked: list[str], **fields: str):
    data = {key: field(page, key) for key in ("csrf_token", "table", "area", "year")}
    return client.post("/tables/accept", data={**data, **fields, "take": ticked}, content_type="multipart/form-data")


def boxes(page: str) -> dict[str, bool]:
    found = re.findall(r'name="take" value="([^"]+)"[^>]*?( checked)?>', page)
    return {place: bool(checked) for place, checked in found}


def unpacked(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as pack:
        return {name.partition("/")[2]: pack.read(name) for name in pack.namelist()}


@pytest.mark.parametrize("name", ["merged_heads.xlsx", "two_panels.txt", "leagues_across.csv", "parted_by_spaces.txt"])
def test_what_was_found_is_ticked_and_can_be_taken_away(app: Flask, client: FlaskClient, name: str) -> None:
    shown = hand_in(client, name)
    assert shown.status_code == 200
    ticks = boxes(shown.text)
    assert len(ticks) >= 12
    assert all(ticks.values())
    answer = confirm(client, shown.text, list(ticks), **ONCE)
    assert answer.content_type == "application/zip", answer.text
    data = check_files(unpacked(answer.data))
    assert (data.observed["source"] == data.source_list[-1].source).sum() == len(ticks)
    assert data.source_list[-1].title_zh == ONCE["source"]
    assert len(app.extensions[EXTENSION_NAME].baselines.source_list) == len(data.source_list) - 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_command_say_which_relative_error_is_taken_and_why(
    client: FlaskClient, tmp_path: Path, lang: str
) -> None:
    """Nobody is asked for it: it goes by the grade."""
    page = hand_in(client, "merged_heads.xlsx").text
    told = {grade: f"{say(f'grade.{grade}', 'zh')}{error:g}" for grade, error in ERRORS.items()}
    assert "、".join(told.values()) in page
    assert tuple(ERRORS) == GRADES
    table = str(TABLES / "merged_heads.xlsx")
    said = [word for name, value in ONCE.items() for word in (f"--{name}", value)]
    words = ["--lang", lang, "take", table, "-o", str(tmp_path / "plan"), "--accept-doubtful", *said]
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 0, run.output
    assert say("take.error_by_grade", lang, grade=say("grade.secondary", lang), relative="0.05") in run.output
    given = CliRunner().invoke(
        main, [*words[:4], "-o", str(tmp_path / "other"), *words[6:], "--relative-error", "0.02"]
    )
    assert given.exit_code == 0, given.output
    assert say("grade.secondary", lang) not in given.output.splitlines()[-2]


def test_several_tables_are_looked_through_at_once_and_none_is_dropped(client: FlaskClient) -> None:
    token = field(client.get("/tables").text, "csrf_token")
    names = ["leagues_across.csv", "two_panels.txt", "leagues_across.csv"]
    files = [(io.BytesIO((TABLES / name).read_bytes()), name) for name in names]
    pasted = "盟市,2021年奶类产量（万吨）\n通辽市,40.1\n赤峰市,48.2\n"
    data = {"csrf_token": token, "file": files, "pasted": pasted}
    shown = client.post("/tables", data=data, content_type="multipart/form-data")
    assert shown.status_code == 200
    tables = {place.partition("!")[0] for place in boxes(shown.text)}
    assert tables == {"leagues_across.csv", "leagues_across.csv (2)", "two_panels.txt", "粘贴的表"}
    answer = confirm(client, shown.text, [one for one in boxes(shown.text) if one.startswith("粘贴")], **ONCE)
    assert check_files(unpacked(answer.data)).series["milk_output", "150500", "local"][2021] == 40.1


def test_every_file_that_cannot_be_read_is_named(client: FlaskClient) -> None:
    token = field(client.get("/tables").text, "csrf_token")
    files = [(io.BytesIO(b" "), "a.csv"), (io.BytesIO(b"PK broken"), "b.xlsx")]
    shown = client.post("/tables", data={"csrf_token": token, "file": files}, content_type="multipart/form-data")
    assert shown.status_code == 422
    assert "a.csv" in shown.text
    assert "b.xlsx" in shown.text


def test_only_the_plan_as_it_was_read_is_taken_away_while_its_folder_is_edited(tmp_path: Path) -> None:
    folder, secret = tmp_path / "plan", tmp_path / "secret"
    shutil.copytree(baselines_folder(), folder)
    before = {name: (folder / name).read_text("utf-8") for name in FILES if (folder / name).exists()}
    secret.write_text("secret")
    (folder / "users.toml").write_text("secret")
    (folder / "README.md").unlink(missing_ok=True)
    for link in ("linked.csv", "README.md"):
        (folder / link).symlink_to(secret)
    client = create_app(Settings(baselines=folder, database=f"sqlite:///{tmp_path / 'a.sqlite3'}")).test_client()
    page = hand_in(client, "merged_heads.xlsx").text
    (folder / "sources.csv").unlink()
    (folder / "observed.csv").write_bytes(b"\xff\xfe half of it")
    answer = confirm(client, page, list(boxes(page)), **ONCE)
    assert answer.content_type == "application/zip", answer.text
    taken = unpacked(answer.data)
    assert set(taken) == set(before)
    assert {name for name, text in before.items() if taken[name].decode() != text} == {"observed.csv", "sources.csv"}
    rolled = client.post("/roll", data={"csrf_token": field(page, "csrf_token"), "target_year": "2030"})
    assert rolled.content_type == "application/zip", rolled.text
    assert b"secret" not in b"".join(unpacked(rolled.data).values())


def test_what_is_doubtful_is_not_ticked_and_says_why(client: FlaskClient) -> None:
    page = hand_in(client, "decimal_point_lost.csv").text
    assert list(boxes(page).values()).count(False) == 1
    assert "单位或小数点可能有误" in page
    assert (
        "a decimal point may be lost"
        in client.post(
            "/tables?lang=en",
            data={
                "csrf_token": field(page, "csrf_token"),
                "pasted": (TABLES / "decimal_point_lost.csv").read_text("utf-8"),
            },
            content_type="multipart/form-data",
        ).text
    )


def test_a_table_of_another_basis_than_the_one_chosen_comes_back_once_with_its_reason(
    client: FlaskClient,
) -> None:
    pasted = "2022年奶类产量（修订前口径）\n单位：万吨\n地区\t产量\n通辽市\t37.1\n包头市\t40.2\n"
    page = hand_in(client, "", pasted=pasted).text
    assert all(boxes(page).values())
    assert "44.00（地方口径）" in page  # what stands there already, whatever basis is going to be chosen
    once = {**ONCE, "basis": "post-census-2016"}
    again = confirm(client, page, list(boxes(page)), **once)
    assert again.status_code == 422
    assert not any(boxes(again.text).values())
    assert "表上写着“修订前口径”，与所选的“2016年普查后口径”不同" in again.text
    sure = confirm(client, again.text, list(boxes(page)), **once, shown_for=field(again.text, "shown_for"))
    assert sure.content_type == "application/zip", sure.text
    fitting = confirm(client, page, list(boxes(page)), **{**ONCE, "basis": "pre-census-2016"})
    assert fitting.content_type == "application/zip", fitting.text


def test_a_date_that_is_none_is_refused_with_the_one_that_was_meant(client: FlaskClient) -> None:
    page = hand_in(client, "growth_beside.csv").text
    answer = confirm(client, page, list(boxes(page)), **ONCE, date="Nov-20")
    assert answer.status_code == 422
    assert "日期“Nov-20”不是“年”“年-月”或“年-月-日”的形式（如 2019-11）；是否想写“2020-11”？" in answer.text


def test_without_basis_grade_and_source_nothing_is_taken_and_the_ticks_stay(client: FlaskClient) -> None:
    page = hand_in(client, "two_panels.txt").text
    some = sorted(boxes(page))[:3]
    answer = confirm(client, page, some, basis="local", grade="", source="")
    assert answer.status_code == 422
    assert sorted(place for place, ticked in boxes(answer.text).items() if ticked) == some
    none = confirm(client, page, [], **ONCE)
    assert none.status_code == 422
    assert "没有勾选任何数" in none.text


def test_a_pasted_table_of_one_league_and_year_is_asked_for_both(client: FlaskClient) -> None:
    pasted = "指标\t数量\n牛奶产量（万吨）\t42.6\n"
    assert hand_in(client, "", pasted=pasted).status_code == 422
    shown = hand_in(client, "", pasted=pasted, area="150500", year="2022")
    assert boxes(shown.text) == {"粘贴的表!B2": True}
    answer = confirm(client, shown.text, ["粘贴的表!B2"], **ONCE)
    data = check_files(unpacked(answer.data))
    assert data.series["milk_output", "150500", "local"][2022] == 42.6


def test_a_sum_is_of_the_area_that_is_chosen_for_the_whole_table(client: FlaskClient) -> None:
    pasted = "旗县\t奶类产量（吨）\n科尔沁区\t5.1\n合计\t45.6\n"
    page = hand_in(client, "", pasted=pasted, area="150500", year="2022").text
    assert boxes(page) == {"粘贴的表!B3": False}
    assert "合计，按所给的整张表的地区理解" in page
    assert '<td class="num strong" data-label="数值">0.00456</td>' in page


def test_a_year_that_is_none_is_told_by_the_name_of_its_field(client: FlaskClient) -> None:
    page = hand_in(client, "", pasted="指标\t数量\n牛奶产量（万吨）\t42.6\n", year="202").text
    assert "<li>整张表的年份：“202”不是 1949—2100 年之间的年份</li>" in page
    data = {"csrf_token": field(page, "csrf_token")}
    told = {"2025": "目标年 2025 应晚于", "202": "“202”不是 1949—2100 年", "": "没有填写"}
    for typed, said in told.items():
        answer = client.post("/roll", data={**data, "target_year": typed}).text
        assert f"<li>下一规划期的目标年{'：' if typed == '202' else ': '}{said}" in answer


@pytest.mark.parametrize("sent", [{}, {"pasted": "  "}, {"pasted": "甲\t1\n乙\t2"}])
def test_what_holds_no_figure_is_told_in_words(client: FlaskClient, sent: dict[str, str]) -> None:
    answer = hand_in(client, "", **sent)
    assert answer.status_code == 422
    assert 'class="problems"' in answer.text


def test_a_form_that_was_changed_on_its_way_is_refused_in_words(client: FlaskClient) -> None:
    token = field(client.get("/tables").text, "csrf_token")
    for table in ("", "[1]", '{"a": 1}', "[[1, 2, 3]]", '[["a", "' + "9" * 70_000 + '"]]'):
        answer = client.post("/tables/accept", data={"csrf_token": token, "table": table})
        assert answer.status_code == 422, table[:20]


def test_a_form_that_was_made_to_be_much_work_is_refused_before_it_is_read(client: FlaskClient, monkeypatch) -> None:
    token = field(client.get("/tables").text, "csrf_token")
    monkeypatch.setattr("agriplan.web.pages.tables.read_figures", lambda *_: pytest.fail("a table was looked through"))
    much = {
        "deep": "[" * 50_000,
        "half of a surrogate pair": '[["\\ud800", "地区\\t牛奶产量"]]',
        "many tables": "[" + ",".join(['["a","b"]'] * (MOST_TABLES + 1)) + "]",
        "long": '[["a", "' + "b" * MOST_CHARACTERS + '"]]',
        "a field longer than CSV has": '[["a.csv", "' + "b" * 140_000 + '"]]',
    }
    for name, table in much.items():
        answer = client.post("/tables/accept", data={"csrf_token": token, "table": table})
        assert (answer.status_code, 'class="problems"' in answer.text) == (422, True), name


def test_a_field_that_is_longer_than_csv_has_is_told_in_words(client: FlaskClient) -> None:
    answer = hand_in(client, "", pasted="a,b\n" + "c" * 140_000 + ",1\n")
    assert (answer.status_code, 'class="problems"' in answer.text) == (422, True)


def test_a_label_of_many_characters_does_not_come_back_whole(client: FlaskClient) -> None:
    answer = hand_in(client, "", pasted="地区\t" + "牛奶产量(万吨)" * 9_000 + "2021年\n通辽市\t3.5\n")
    assert answer.status_code == 422
    assert answer.text.count("牛奶产量") < 40


def test_text_of_a_table_stays_text(client: FlaskClient) -> None:
    pasted = "地区\t2022年牛奶产量（万吨）\n<script>alert(1)</script>\t5\n通辽市\t42.6\n"
    page = hand_in(client, "", pasted=pasted).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_period_and_the_next_one_stand_on_one_page(client: FlaskClient) -> None:
    page = client.get("/roll").text
    assert "2021—2025年完成情况" in page
    assert "786.24" in page
    token = field(page, "csrf_token")
    answer = client.post("/roll", data={"csrf_token": token, "target_year": "2030"})
    assert answer.content_type == "application/zip"
    files = unpacked(answer.data)
    assert "missing.csv" in files
    assert b"base_year = 2025" in files["plan.toml"]
    for wrong in ("2025", "2200", "abc", "", "2_030", "٢٠٣٠"):
        assert client.post("/roll", data={"csrf_token": token, "target_year": wrong}).status_code == 422
