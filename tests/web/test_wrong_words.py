"""Every word of an address that is wrong is told at once, on the API and on pages."""

from itertools import combinations

from flask.testing import FlaskClient

from tests.web.reading import send

# A wrong word for each parameter that the API has, right in form where form is not all that there is.
WRONG = {"lang": "fr", "area": "zz", "indicator": "qq", "as_of": "1990", "scenario": "0" * 64, "identity": "0" * 64,
         "archived": "maybe", "accept": "maybe", "name": ""}  # fmt: skip


def test_two_wrong_parameters_of_any_operation_are_both_told(client: FlaskClient):
    paths, tried = client.get("/api/v1/openapi.json").json["paths"], 0
    for path, operations in paths.items():
        for method, operation in operations.items():
            asked = {one["name"]: one["in"] for one in operation.get("parameters", ()) if one["in"] != "header"}
            for pair in combinations(asked, 2):
                address = path.replace("{identity}", WRONG["identity"])
                body = {"data": b"", "content_type": "application/octet-stream"} if "readback" in path else {"json": {}}
                query = {name: WRONG[name] for name in pair if asked[name] == "query"}
                answer = client.open(address, method=method.upper(), query_string=query, **body)
                told = answer.json["problems"]
                assert len([one for one in told if one["place"] in pair or WRONG["scenario"] in str(one)]) == 2, (
                    method, path, pair, told,
                )  # fmt: skip
                tried += 1
    assert tried > 15


def test_three_wrong_words_are_told_with_the_missing_scenario(client: FlaskClient):
    query = {"area": "zz", "as_of": "1990", "scenario": "0" * 64}
    told = client.get("/api/v1/brief", query_string=query).json["problems"]
    assert [one["code"] for one in told] == ["unknown_area", "as_of_outside_plan", "store_unknown_id"]
    alone = client.get("/api/v1/brief", query_string={"scenario": "0" * 64})
    assert alone.status_code == 404


def test_the_page_of_the_data_tells_every_word_that_it_does_not_know(client: FlaskClient):
    answer = client.get("/data?area=x&indicator=y&grade=z")
    assert answer.status_code == 404
    assert all(f"“{word}”" in answer.text for word in "xyz")


def test_the_page_of_tables_tells_area_year_and_table_at_once(client: FlaskClient):
    answer = send(client, "/tables", area="zz", year="never", pasted=" ")
    assert answer.status_code == 422
    assert "“zz”" in answer.text
    assert "never" in answer.text
    assert answer.text.count("<li>") >= 3
