"""Two values that are ticked for one figure on the page of tables."""

from flask.testing import FlaskClient

from tests.web.reading import field
from tests.web.test_pages_tables import ONCE, boxes, confirm, unpacked


def test_two_ticks_for_one_figure_are_named_and_kept_until_one_is_chosen(client: FlaskClient) -> None:
    table = "指标\t单位\t2022年\n奶类产量\t万吨\t42.6\n牛奶产量\t万吨\t42.1\n羊肉产量\t万吨\t8.1\n"
    sent = {"csrf_token": field(client.get("/tables").text, "csrf_token"), "pasted": table, "area": "150500"}
    shown = client.post("/tables", data=sent).text
    places = list(boxes(shown))
    refused = confirm(client, shown, places, **ONCE)
    assert refused.status_code == 422
    assert f"{places[0]} = 42.6" in refused.text
    assert f"{places[1]} = 42.1" in refused.text
    assert boxes(refused.text) == dict.fromkeys(places, True)
    answer = confirm(client, refused.text, places[1:], **ONCE)
    assert answer.content_type == "application/zip", answer.text
    figures = unpacked(answer.data)["observed.csv"].decode("utf-8-sig").splitlines()
    assert [row.split(",")[3] for row in figures if ",table1," in row] == ["42.1", "8.1"]
