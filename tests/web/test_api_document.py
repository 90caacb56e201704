"""The document, the page in docs/ and the service say the same."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from flask.testing import FlaskClient

from agriplan.sentences import catalogue, say
from agriplan.web.problems import problem_body

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_page_lists_exactly_the_operations_of_the_document(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    described = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert set(re.findall(r"^\| `((?:GET|POST) [^`]+)`", PAGE, re.MULTILINE)) == described


def test_every_status_of_the_document_is_explained_on_the_page(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    answered = {
        status
        for methods in document["paths"].values()
        for one in methods.values()
        for status in one["responses"]
        if int(status) >= 400
    }
    assert set(re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE)) == answered


def test_the_problem_on_the_page_is_what_the_service_answers(client: FlaskClient):
    example = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
    assert client.post("/api/v1/plan?lang=en", json={"growth": {"milc": {}}}).json == example


def test_the_document_names_the_words_of_the_data(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    scenario = document["components"]["schemas"]["Scenario"]["properties"]
    assert "milk" in scenario["growth"]["propertyNames"]["enum"]
    assert "150500" in scenario["growth"]["additionalProperties"]["propertyNames"]["enum"]
    area = next(one for one in document["paths"]["/api/v1/workbook"]["get"]["parameters"] if one["name"] == "area")
    assert {"150500", "通辽市", "Tongliao", "region", "all"} <= set(area["schema"]["enum"])


def test_the_document_speaks_both_languages_and_so_does_its_page(client: FlaskClient):
    chinese, english = (client.get(f"/api/v1/openapi.json?lang={lang}").json for lang in ("zh", "en"))
    assert chinese["info"]["title"] == "规划测算接口"
    assert english["info"]["title"] == "agriplan API"
    assert "所提交方案的规划测算" in client.get("/api/docs").text
    assert "The plan of a scenario that is sent" in client.get("/api/docs?lang=en").text


def descriptions(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part["description"]
        for value in part.values():
            yield from descriptions(value)
    elif isinstance(part, list):
        for one in part:
            yield from descriptions(one)


def test_every_description_of_a_model_is_said_in_chinese_too_and_no_other(client: FlaskClient):
    """The document is for programs and keeps the models' own words; its page speaks Chinese to those who read that."""
    described = set(descriptions(client.get("/api/v1/openapi.json?lang=en").json))
    chinese = set(descriptions(client.get("/api/v1/openapi.json?lang=zh").json))
    told = {say(code, "en") for code in catalogue() if code.startswith("api.of.")}
    assert told == described & chinese - {""}
    assert all(re.search("[\u4e00-\u9fff]", say(code, "zh")) for code in catalogue() if code.startswith("api.of."))


def test_the_chinese_page_holds_no_english_sentence(client: FlaskClient):
    page = client.get("/api/docs?lang=zh").text
    cells = re.findall(r"<(?:td|p|li|h1|h2|h3|th[^>]*)>(.*?)</(?:td|p|li|h1|h2|h3|th)>", page, re.DOTALL)
    said = [re.sub(r"<code>.*?</code>|<a [^>]*>.*?</a>|`[^`]*`|<[^>]+>", " ", one) for one in cells]
    assert [one for one in said if re.search(r"[A-Za-z]{2,}[,.;]? [a-z]{2,} [a-z]{2,}", one)] == []
    assert "一项指标的缺口怎样分解到重点盟市。" in page
    league = page[page.index('id="schema-LeagueReport"') :]
    assert "<td>年均需增长</td>" in league[: league.index("</section>")].replace("needed_growth", "")
    assert "How the gap of one indicator is shared" in client.get("/api/docs?lang=en").text


def test_a_status_without_words_of_ours_is_told_by_its_name():
    assert problem_body(418, (), "zh")["title"] == "I'm a Teapot"


def shown(example: str) -> object:
    """An example of JSON with … for whatever is left out: an entry `…`, or the end of a list or an object."""
    inner = re.sub(r"[{\[]…[}\]]", '"…"', example)
    return json.loads(re.sub(r",\s*…(?=[}\]])", "", inner), parse_float=Decimal)


def is_as_shown(example: object, made: object) -> bool:
    """Whether the same, of a number to as many decimals as the example shows."""
    if isinstance(example, Decimal) and isinstance(made, float):
        return abs(Decimal(repr(made)) - example) <= Decimal("0.51").scaleb(int(example.as_tuple().exponent))
    return example in (made, "…")


def differing(example: object, made: object, place: str = "") -> Iterator[str]:
    """Where what is made is not what the example shows; entries of lists are found by their id, code or year."""
    if isinstance(example, dict) and isinstance(made, dict):
        for key, value in example.items():
            yield from differing(value, made.get(key, "no such field"), f"{place}.{key}")
    elif isinstance(example, list) and isinstance(made, list):
        for value in example:
            key = next(name for name in ("id", "code", "year") if name in value)
            yield from differing(value, next((one for one in made if one[key] == value[key]), None), f"{place}.{key}")
    elif not is_as_shown(example, made):
        yield f"{place}: {example} is {made}"


def test_the_plan_on_the_page_is_what_the_service_answers(client: FlaskClient):
    example = shown(re.search(r"```\n(\{\"fingerprint.*?)```", PAGE, re.DOTALL)[1])
    assert len(str(example)) > 1000
    assert list(differing(example, client.get("/api/v1/plan").json)) == []
