"""The evaluation page and operation: the same figures as the engine, for the year that the address asks for."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from agriplan.cli import main
from agriplan.engine.scenario import Scenario
from agriplan.web.pages.draft import pack
from tests.web.reading import field, rows_of, send, tables_of


def test_the_page_says_what_milk_needs_as_of_2022(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2022").text
    assert "2023—2025年需年均增长10.87%以上" in page
    assert "截至2022年，5项指标：0项已达目标，1项预计可以实现，1项尚需努力，3项预警。" in page
    assert "733.80" in rows_of(page)["row-milk"]


def test_the_page_says_as_of_which_year_it_stands_and_which_the_sheet_takes(client: FlaskClient) -> None:
    page = client.get("/evaluation").text
    assert "评估时点为2025年。不选时取有实际值的最后一年（2025年）" in page
    assert "工作簿“评估”表不选时为基期年（2020年）" in page
    page = client.get("/evaluation?as_of=2022&lang=en").text
    assert "Evaluated as of 2022. Without a choice it is the last year with a figure (2025)" in page


def test_no_projection_of_an_evaluation_is_headed_a_trend(client: FlaskClient) -> None:
    growth = {"growth.milk.150000": "15"}
    page, draft = sent(client, "/indicator/milk", **growth)
    for lang, head, wrong in (("zh", "2025年预测", "2025 年趋势预测"), ("en", "Projection 2025", "Trend 2025")):
        page = client.get(f"/evaluation?as_of=2022&lang={lang}&draft={draft}").text
        assert head in page
        assert wrong not in page


def test_page_and_api_show_one_evaluation(client: FlaskClient) -> None:
    told = json.loads(client.get("/api/v1/evaluation?as_of=2022").text)
    page = client.get("/evaluation?as_of=2022&lang=en").text
    assert told["headline"]["en"] in page
    answer = client.post("/api/v1/evaluation", json={"as_of": 2022, "actual": {"milk": {"150500": {"2022": 80}}}})
    assert answer.status_code == 200
    assert answer.json["as_of"] == 2022
    milk = answer.json["indicators"][0]
    assert milk["region"]["figures"]["reported"] == 1
    assert next(one for one in milk["leagues"] if one["code"] == "150500")["figures"]["passed"] is True


@pytest.mark.parametrize("year", ["2019", "2026", "x", "２０２６", "20222"])
def test_a_year_outside_the_plan_is_no_page(client: FlaskClient, year: str) -> None:
    assert client.get(f"/evaluation?as_of={year}").status_code == 404


def test_a_year_outside_the_plan_is_told_in_words(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2026").text
    assert "2026" in page
    assert "2020" in page
    assert "2025" in page


def test_a_year_outside_the_plan_is_a_problem_of_the_api(client: FlaskClient) -> None:
    answer = client.get("/api/v1/evaluation?as_of=2019")
    assert answer.status_code == 422
    assert "as_of" in answer.text


@pytest.mark.parametrize("asked", [None, 2020, 2023])
def test_every_door_evaluates_as_of_the_base_year_where_a_scenario_or_the_question_asks_for_it(
    client: FlaskClient, asked: int | None, tmp_path: Path
) -> None:
    file = tmp_path / "方案.json"
    file.write_text('{"as_of": 2020}', encoding="utf-8")
    words = ["evaluate", "--scenario", str(file), "--json", *(["--as-of", str(asked)] if asked else [])]
    query = f"?as_of={asked}" if asked else ""
    draft = {"draft": pack(Scenario(as_of=2020)), **({"as_of": asked} if asked else {})}
    (heading,) = re.findall(r"<h1>(.*?)</h1>", client.get("/evaluation", query_string=draft).text)
    assert [
        json.loads(CliRunner().invoke(main, words).stdout)["as_of"],
        client.post(f"/api/v1/evaluation{query}", json={"as_of": 2020}).json["as_of"],
        int("".join(re.findall(r"\d{4}", heading))),
    ] == [asked or 2020] * 3


def sent(client: FlaskClient, address: str, draft: str = "", **entries: str) -> tuple[str, str]:
    """The page after its form was sent with these entries, without JavaScript, and its new draft."""
    answer = send(client, address, **{"draft": draft, **entries})
    assert answer.status_code == 200
    return answer.text, field(answer.text, "draft")


def test_a_planner_evaluates_without_json(client: FlaskClient) -> None:
    own = "actual.milk.150500.2022"
    entries = {own: "80", f"{own}.source": "通辽年报", f"{own}.preliminary": "79"}
    page, draft = sent(client, "/actuals/150500", **entries)
    page, draft = sent(client, "/evaluation", draft, as_of="2022")
    assert "截至2022年的评估" in page
    assert "通辽市2022年奶类产量为80.00万吨，已达到下达目标58.74万吨，不再分担缺口，目标保持不变。" in page
    page, draft = sent(client, "/evaluation", draft, **{"passed.milk": "lend", "issued.targets.milk.150500": "61.06"})
    assert "已达到下达目标61.06万吨，不再分担缺口，目标改为趋势预测" in page
    issue = {"issued.targets.milk.150500": "85", "issued.number": "内农牧发〔2021〕1号"}
    page, draft = sent(client, "/evaluation", draft, **issue)
    assert "已达到下达目标8" not in page
    assert "已达到下达目标6" not in page
    for said in ("文号 <strong>内农牧发〔2021〕1号</strong>", "评估时点 <strong>2022</strong>"):
        assert f"<span>{said}</span>" in page
    assert "<strong>80万吨、通辽年报、快报数 79万吨</strong>" in page
    assert "未保存的修改（5处）" in page  # as many as can be undone
    assert page.count('name="undo"') == 5


def test_before_and_after_of_an_evaluation_stand_in_the_bar(client: FlaskClient) -> None:
    page, _ = sent(client, "/actuals/150000", **{"actual.milk.150000.2022": "750", "as_of": "2022"})
    bar = page[page.index('<ul class="effects"') :]
    told = re.sub(r"<[^>]+>| ", "", bar[: bar.index("</ul>")])
    assert told.startswith("全区奶类产量（2022年）733.80→变为750.00万吨(+16.20)")


def test_with_one_year_left_the_page_asks_for_its_growth_and_for_none_a_year(client: FlaskClient) -> None:
    actual = {"actual.milk.150000.2024": "799.9", "actual.milk.150500.2024": "40", "as_of": "2024"}
    page, draft = sent(client, "/actuals/150000", **actual)
    bar = page[page.index('<ul class="effects"') : page.index("<main")]
    assert "奶类产量需增长" in bar
    page = client.get(f"/evaluation?as_of=2024&draft={draft}").text
    for said in (bar, *re.findall(r"<th [^>]*>[^<]*|<td [^>]*>[^<]*|together\">[^<]*|以及后续[^（]*", page)):
        assert "年均需" not in said
    assert "2025年需增长（%）" in page
    assert "后续3年年均需增长（%）" in client.get("/evaluation?as_of=2022").text
    board = client.get(f"/?draft={draft}").text.replace("<wbr>", "")
    assert re.search(r"后续需增长[\d.]+%", board)
    assert re.search(r"unit-line\">需[\d.]+(?:%|个百分点)<", page)


@pytest.mark.parametrize(
    ("name", "word", "why"),
    [
        ("basis", "local", "地方口径"),
        ("definition", "规模养殖场产量", "含义：规模养殖场产量"),
        ("price_year", "2022", "2022年价格"),
    ],
)
def test_a_figure_that_is_no_figure_of_the_plan_is_never_counted(
    client: FlaskClient, name: str, word: str, why: str
) -> None:
    own = "actual.beef_cattle_value.150000.2022"
    page, draft = sent(client, "/actuals/150000", **{own: "700", f"{own}.{name}": word})
    (known,) = [rows for rows in tables_of(page) if rows[0][-1] == "是否参与测算"]
    assert [row[-1] for row in known if row[1] == "2022" and row[2].startswith("700.00")] == [why]
    page = client.get(f"/evaluation?as_of=2022&draft={draft}").text
    assert "537.67" in rows_of(page)["row-beef_cattle_value"]


def test_no_such_area_has_no_page_of_actuals(client: FlaskClient) -> None:
    assert client.get("/actuals/nowhere").status_code == 404


def test_a_league_enters_its_own_cows_on_its_page(client: FlaskClient) -> None:
    own = "baseline.dairy_cow_stock.150500"
    assert field(client.get("/league/150500").text, f"{own}.value") == ""
    page, _ = sent(client, "/league/150500", **{f"{own}.value": "8", f"{own}.source": "通辽市统计局"})
    assert "通辽市（按本盟市数）：2020年奶类产量35.87万吨，为奶牛存栏8.0万头" in page


def test_the_gap_shared_again_adds_up_on_the_page(client: FlaskClient) -> None:
    tables = tables_of(client.get("/evaluation?as_of=2022").text)
    (again,) = [rows for rows in tables if rows[-1][0] == "全区目标"]
    for column in range(1, 5):  # the rate is weighted and not added
        steps = [[float(one) for one in row[column].replace(",", "").split(" → ")] for row in again[1:]]
        *parts, (target,) = steps
        for step in range(2):
            assert round(sum(part[step] for part in parts), 4) == target


def test_the_years_ahead_stand_on_the_page_and_add_up_in_every_year(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2022").text
    tables = tables_of(page)
    (region,) = [rows for rows in tables if rows[0][:2] == ["指标", "项目"]]
    assert region[0][2:] == ["2022", "2023", "2024", "2025"]
    assert [row[-3:] for row in region[1:4]] == [
        ["760.00", "787.13", "815.23"],
        ["671.68至853.98", "661.44至975.73", "646.54至1,091.64"],
        ["813.54", "901.96", "1,000.00"],
    ]
    assert "奶类产量：内蒙古自治区待分解184.77万吨，按基数法分解，年度目标按“等速增长”排列；上限够用。" in page
    milk = next(rows for rows in tables if rows[1] == ["趋势预测（下为80%预测区间）", "", "", "", ""])
    due = milk.index(["年度目标", "", "", "", ""])
    for block in (milk[2:due], milk[due + 1 :]):
        figures = [[float(re.split(r"(?<=\.\d\d)", cell)[0].replace(",", "")) for cell in row[1:]] for row in block]
        *parts, total = figures
        assert len(parts) == 12 + 1 + (block[0] is not milk[2])
        assert [round(sum(one), 4) for one in zip(*parts, strict=True)] == total


def test_as_of_the_target_year_the_page_has_no_years_ahead(client: FlaskClient) -> None:
    page = client.get("/evaluation?as_of=2025").text
    assert "逐年预测" not in page
    assert 'id="years"' not in page


def test_the_page_says_status_kept_and_the_sum_of_leagues(client: FlaskClient) -> None:
    milk = {f"actual.milk.{code}.2022": value for code, value in (("150500", "62"), ("150200", "61"))}
    page, draft = "", ""
    for code in ("150500", "150200"):
        entries = {key: value for key, value in milk.items() if code in key}
        page, draft = sent(client, f"/actuals/{code}", draft, **entries)
    page = client.get(f"/evaluation?as_of=2022&draft={draft}").text
    row = " ".join(rows_of(page)["row-milk"])
    assert "滞后" in page[page.index('id="row-milk"') : page.index('id="row-meat_sheep_value"')]
    assert "815.23" in row
    assert "184.77" in row
    assert "待再分解缺口为202.81万吨" in page
    assert "“滞后”" in page
    forage = {"actual": {"forage_value": {league: {"2022": 30} for league in leagues_of(client)}}, "as_of": 2022}
    told = client.post("/api/v1/evaluation", json=forage).json["indicators"][3]["region"]
    assert (told["figures"]["summed"], told["figures"]["estimated"]) == (True, False)


def leagues_of(client: FlaskClient) -> list[str]:
    return [one["code"] for one in client.get("/api/v1/evaluation?as_of=2020").json["indicators"][0]["leagues"]]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("year", range(2020, 2026))
def test_whatever_year_is_asked_for_heading_and_choice_are_of_it(client: FlaskClient, year: int) -> None:
    """The base year too, which a scenario says nothing of: it is offered to nobody, and heard where somebody asks."""
    pages = [client.get(f"/evaluation?as_of={year}").text, send(client, "/evaluation", as_of=str(year)).text]
    for page in pages:
        assert f"<h1>截至{year}年的评估</h1>" in page
        assert f'<option value="{year}" selected>' in page
    assert '<option value="2020"' not in client.get("/evaluation").text


def test_the_page_says_of_what_no_gap_is_left_to_be_shared(client: FlaskClient) -> None:
    told = re.sub(r"<[^>]+>", "", client.get("/evaluation?as_of=2022").text)
    assert "肉牛全产业链产值没有缺口可再分解：箭头后为趋势预测" in told
    assert "没有缺口可再分解" not in client.get("/evaluation?as_of=2025").text
