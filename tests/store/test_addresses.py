"""Where a store may be, and what is said of a place where it cannot be."""

import sys
from pathlib import Path

import pytest

from agriplan.errors import StoreError, StoreUnavailable
from agriplan.store import default_database_path, open_store
from agriplan.store.backup import back_up
from agriplan.store.pruning import prune_archived


def test_the_default_database_is_made_in_the_users_data_folder(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform != "linux":
        pytest.skip("only Linux lets a test move the user's data folder")
    assert default_database_path() == tmp_path / "agriplan" / "agriplan.sqlite3"
    with open_store() as store:
        assert store.location == str(default_database_path())
    assert default_database_path().is_file()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("plans.sqlite3", 'did you mean "sqlite:///plans.sqlite3"'),
        ("sqlite://", "not a usable database address"),
        ("sqlite:///:memory:", "not a usable database address"),
        ("mysql://planner:secret@db/plans", "^mysql: not a usable database address"),
        ("postgresql+asyncpg://planner:secret@db/plans", "not a usable database address"),
        ("postgresql://planner:secret@db:port/plans", "not a usable database address"),
        ("", "not a usable database address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_its_password(address: str, sentence: str):
    with pytest.raises(StoreError, match=sentence) as told:
        open_store(address)
    assert "secret" not in told.value.text("zh") + told.value.text("en")


def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path):
    with pytest.raises(StoreUnavailable, match="does not answer") as told:
        open_store(f"postgresql://planner:secret@/plans?host={tmp_path}")
    assert "secret" not in told.value.text("zh")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a test move the user's data folder")
def test_a_folder_of_the_user_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch):
    (tmp_path / "agriplan").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(StoreUnavailable, match=str(tmp_path / "agriplan")):
        open_store()


def test_a_slip_in_the_name_of_the_folder_begins_no_store_elsewhere(tmp_path: Path):
    (tmp_path / "agriplan").mkdir()
    with pytest.raises(StoreError, match=f'did you mean "{tmp_path}/agriplan"') as told:
        open_store(f"sqlite:///{tmp_path}/agripan/plans.sqlite3")
    assert told.value.problems[0].code == "store_no_folder"
    assert not (tmp_path / "agripan").exists()


def test_a_store_says_whether_nothing_was_there_before(address: str):
    for expected in (True, False):
        with open_store(address) as store:
            assert store.is_new is expected


@pytest.mark.parametrize(
    "asked",
    [
        lambda address, folder: back_up(address, folder / "copy.sqlite3"),
        lambda address, _: prune_archived(address, 0),
        lambda address, _: open_store(address, make=False),
    ],
    ids=["backup", "prune", "link"],
)
def test_what_is_done_to_a_store_never_begins_one(asked, address: str, tmp_path: Path):
    open_store(f"sqlite:///{tmp_path}/plan.sqlite3").close()
    for place in (address, f"sqlite:///{tmp_path}/plans.sqlite3"):
        with pytest.raises(StoreError) as told:
            asked(place, tmp_path)
        assert told.value.problems[0].code == "store_empty"
    assert told.value.problems[0].suggestion == f"{tmp_path}/plan.sqlite3"
    assert not (tmp_path / "plans.sqlite3").exists()
    assert not (tmp_path / "copy.sqlite3").exists()


def test_a_file_that_is_no_database_is_left_alone_with_a_sentence(tmp_path: Path):
    file = tmp_path / "plans.sqlite3"
    file.write_text("盟市,指标\n" * 200)
    before = file.read_bytes()
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_without_its_driver_postgresql_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="pip install"):
        open_store("postgresql://planner@db/plans")
