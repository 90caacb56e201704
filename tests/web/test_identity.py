"""Who saves: a name that is typed, the link of an area, or the person whom a proxy lets through; and how often."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from agriplan.engine.entered import MOST_SCENARIO_NAME_CHARACTERS
from agriplan.errors import SettingsError, TooMany
from agriplan.store.entries import MOST_PERSON_CHARACTERS
from agriplan.web.limits import Buckets, RateLimit
from agriplan.web.service import EXTENSION_NAME
from agriplan.web.tokens import hash_of, new_token
from tests.web.conftest import MakeApp
from tests.web.reading import field, send

NUMBERS = iter(range(1, 1000))


def body(name: str) -> dict[str, object]:
    return {"scenario": {"name": name, "target": {"milk": 900 + next(NUMBERS)}}}


def who_saved(client: FlaskClient, name: str) -> list[str]:
    return [one["who"] for one in client.get(f"/api/v1/scenarios/history?name={name}").json["scenarios"]]


def test_in_the_open_a_name_that_is_typed_is_recorded_and_shown(make_app: MakeApp):
    client = make_app().test_client()
    assert "未填写姓名" in client.get("/").text
    send(client, "/scenarios", draft="", name="无名")
    page = send(client, "/who", who="  张三 ")
    assert "“张三”" in page.text
    send(client, "/scenarios", draft="", name="有名")
    send(client, "/scenarios/rename", name="有名", new_name="新名")
    send(client, "/scenarios/archive", name="新名")
    assert who_saved(client, "无名") == [""]
    assert who_saved(client, "新名") == ["张三"] * 3
    assert ">张三</td>" in client.get("/scenarios/history?name=新名").text
    other = client.application.test_client()
    assert "张三" not in other.get("/").text
    assert other.post("/api/v1/scenarios", json=body("程序"), headers={"Agriplan-Who": "batch"}).status_code == 201
    assert who_saved(other, "程序") == ["batch"]


def test_a_name_nobody_can_read_is_refused_where_it_is_typed(make_app: MakeApp):
    client = make_app().test_client()
    assert send(client, "/who", who="张\u200b三").status_code == 422


NAMES = {"/who": "who", "/scenarios": "name", "/scenarios/rename": "new_name", "/scenarios/copy": "name",
         "/scenarios/import": "name", "/scenarios/archive": "name", "/scenarios/restore": "name"}  # fmt: skip


@pytest.mark.parametrize("typed", ["长" * 81, "甲\u202e乙"], ids=["too long", "unprintable"])
def test_a_name_is_refused_as_what_the_field_asks_for_in_the_language_of_the_page(make_app: MakeApp, typed: str):
    client = make_app().test_client()
    client.post("/api/v1/scenarios", json={"scenario": {"name": "甲"}})
    identity = client.get("/api/v1/scenarios").json["scenarios"][0]["scenario_id"]
    for address, asked in NAMES.items():
        sent = {"name": "甲", "scenario": identity, "draft": "", asked: typed, "file": (BytesIO(b"{}"), "a.json")}
        answer = send(client, address, **sent)
        told = [one.strip() for one in re.findall(r"<li>([^<]*字符[^<]*)<", answer.text)]
        assert told, (address, answer.text)
        assert not [one for one in told if re.match(r"[a-z_]+[:：]", one)]
        assert not [one for one in told if ":" in one], address
        assert ["姓名或单位" in one for one in told] == [address == "/who"]


def test_the_field_for_a_persons_name_takes_as_many_characters_as_are_kept(make_app: MakeApp):
    client = make_app().test_client()
    (most,) = re.findall(r'name="who" maxlength="(\d+)"', client.get("/who").text)
    send(client, "/who", who="长" * int(most))
    send(client, "/scenarios", draft="", name="方案")
    assert who_saved(client, "方案") == ["长" * MOST_PERSON_CHARACTERS]


def test_every_door_for_a_scenarios_name_takes_as_many_characters_as_a_name_may_have(make_app: MakeApp):
    client = make_app().test_client()
    long, longer = "长" * MOST_SCENARIO_NAME_CHARACTERS, "长" * (MOST_SCENARIO_NAME_CHARACTERS + 1)
    send(client, "/scenarios", draft="", name="甲")
    identity = client.get("/api/v1/scenarios").json["scenarios"][0]["scenario_id"]
    for address in ("/indicator/milk", "/scenarios"):
        fields = re.findall(r'<input[^>]*name="(?:new_)?name" maxlength="(\d+)"', client.get(address).text)
        assert {int(most) for most in fields} == {MOST_SCENARIO_NAME_CHARACTERS}
    assert client.post("/api/v1/scenarios", json=body(longer)).status_code == 422
    assert client.post("/api/v1/scenarios", json=body(long)).status_code == 201
    for address, name in (("/scenarios/copy", "name"), ("/scenarios/rename", "new_name")):
        sent = {"name": "甲", "scenario": identity} | {name: longer}
        assert send(client, address, **sent).status_code == 422


def test_a_name_in_the_head_of_a_request_is_refused_by_that_head(client: FlaskClient):
    answer = client.post("/api/v1/scenarios", json=body("甲"), headers={"Agriplan-Who": "a" * 81})
    assert [one["place"] for one in answer.json["problems"]] == ["Agriplan-Who"]


def test_with_links_only_who_has_one_may_save_until_it_is_withdrawn(make_app: MakeApp):
    app = make_app(identity="links")
    store, token = app.extensions[EXTENSION_NAME].store, new_token()
    store.make_link("150500", hash_of(token))
    client = app.test_client()
    assert client.get("/league/150500").status_code == 200
    assert client.post("/api/v1/scenarios", json=body("无链接")).status_code == 403
    assert "链接" in send(client, "/scenarios", draft="", name="无链接").text
    assert client.get("/enter/guessed").status_code == 403
    assert client.get(f"/enter/{token}").status_code == 303
    assert send(client, "/scenarios", draft="", name="通辽方案").status_code == 200
    assert who_saved(client, "通辽方案") == ["通辽市"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert app.test_client().post("/api/v1/scenarios", json=body("程序"), headers=bearer).status_code == 201
    assert store.end_links("150500") == 1
    assert send(client, "/scenarios", draft="", name="收回之后").status_code == 403
    assert app.test_client().post("/api/v1/scenarios", json=body("再来"), headers=bearer).status_code == 403
    assert token not in Path(str(store.location)).read_bytes().decode("latin-1")


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users.toml"
    file.write_text('[zhangsan]\nname = "张三"\narea = "150500"\n', encoding="utf-8")
    return file


def test_with_a_proxy_the_person_it_names_is_recorded_and_nobody_else_is_believed(make_app: MakeApp, users: Path):
    client = make_app(identity="proxy", users=users, proxies=1).test_client()
    headers = {"X-Forwarded-User": "zhangsan", "X-Forwarded-For": "10.1.1.1"}
    assert client.post("/api/v1/scenarios", json=body("代理"), headers=headers).status_code == 201
    assert who_saved(client, "代理") == ["张三"]
    elsewhere = {"REMOTE_ADDR": "10.9.9.9"}
    for sent, environ in ((headers, elsewhere), ({"X-Forwarded-User": "lisi"}, {}), ({}, {})):
        answer = client.post("/api/v1/scenarios", json=body("冒充"), headers=sent, environ_base=environ)
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        '[a]\nname = "甲"\narea = "999999"\n',
        '[a]\nname = "甲"\narea = ["150500"]\n',
        '[a]\narea = "150500"\n',
        None,
    ],
)
def test_a_list_of_users_that_cannot_be_used_stops_the_start(make_app: MakeApp, tmp_path: Path, text: str | None):
    file = tmp_path / "users.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        make_app(identity="proxy", users=file, proxies=1)


def test_a_client_saves_no_more_than_its_share_and_others_go_on(make_app: MakeApp):
    client = make_app(saves_per_minute=3).test_client()
    statuses = [client.post("/api/v1/scenarios", json=body(f"多{n}")).status_code for n in range(5)]
    assert statuses == [201, 201, 201, 429, 429]
    late = client.post("/api/v1/scenarios", json=body("迟"))
    assert int(late.headers["Retry-After"]) > 0
    other = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.post("/api/v1/scenarios", json=body("他人"), environ_base=other).status_code == 201
    token = field(client.get("/upload").text, "csrf_token")
    assert client.post("/scenarios", data={"csrf_token": token, "draft": "", "name": "表"}).status_code == 429


def test_a_name_that_is_typed_gives_nobody_a_new_share(make_app: MakeApp):
    client = make_app(saves_per_minute=3).test_client()
    statuses = [
        client.post("/api/v1/scenarios", json=body(f"改名{n}"), headers={"Agriplan-Who": f"n{n}"}).status_code
        for n in range(5)
    ]
    assert statuses == [201, 201, 201, 429, 429]


def test_a_login_in_chinese_letters_is_the_one_of_the_list(make_app: MakeApp, tmp_path: Path):
    file = tmp_path / "users.toml"
    file.write_text('["张三"]\nname = "张三（通辽）"\narea = "150500"\n', encoding="utf-8")
    client = make_app(identity="proxy", users=file, proxies=1).test_client()
    headers = {"X-Forwarded-User": "张三".encode().decode("latin-1"), "X-Forwarded-For": "10.1.1.1"}
    assert client.post("/api/v1/scenarios", json=body("中文登录"), headers=headers).status_code == 201
    assert who_saved(client, "中文登录") == ["张三（通辽）"]


def test_a_client_has_one_share_however_many_processes_serve_it():
    shared, own = Buckets(), Buckets()
    processes = [RateLimit(3, buckets, clock=lambda: 5.0) for buckets in (shared, shared, own)]
    for turn in (0, 1, 0):
        processes[turn].take("10.0.0.7")
    for process in processes[:2]:
        with pytest.raises(TooMany):
            process.take("10.0.0.7")
    processes[2].take("10.0.0.7")
    processes[0].take("10.0.0.8")


def test_packs_that_have_to_be_made_are_counted_and_remembered_ones_are_not(make_app: MakeApp, monkeypatch):
    from agriplan.web import workbook_files

    monkeypatch.setattr(workbook_files, "_make_pack", lambda *_: b"pack")
    client = make_app(packs_per_minute=2).test_client()
    address = "/api/v1/workbook?area=all"
    assert [client.get(address).status_code for _ in range(4)] == [200] * 4
    made = [client.post(address, json={"target": {"milk": 950 + n}}).status_code for n in range(3)]
    assert made == [200, 429, 429]
