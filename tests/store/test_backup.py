"""A copy taken while others save is whole and can be put back on either database; archived scenarios can be cleared."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from agriplan.errors import StoreConflict, StoreError
from agriplan.store import open_store
from agriplan.store.backup import back_up, put_back
from agriplan.store.pruning import prune_archived

NewAddress = Callable[[], str]


def fill(address: str) -> None:
    with open_store(address) as store:
        store.signed("张三").save("甲", '{"a":1}')
        store.save("甲", '{"a":2}')
        store.rename("甲", "乙")
        store.make_link("150500", "0" * 64)


def test_a_copy_taken_while_others_save_holds_everything_acknowledged_before(new_address: NewAddress, tmp_path: Path):
    address, done = new_address(), Event()
    fill(address)

    def go_on() -> None:
        with open_store(address) as store:
            number = 0
            while not done.is_set():
                store.save(f"途中{number}", f'{{"n":{number}}}')
                number += 1

    saving = Thread(target=go_on)
    saving.start()
    file = tmp_path / "方案.sqlite3"
    try:
        counts = back_up(address, file)
    finally:
        done.set()
        saving.join()
    assert counts["revision"] >= 3
    with open_store(address) as store, open_store(f"sqlite:///{file}") as copy:
        assert set(copy.list()) <= set(store.list())
        assert copy.history("乙") == store.history("乙")
        assert copy.history("乙")[-1].who == "张三"


def test_what_is_put_back_into_an_empty_database_is_the_same_and_goes_on(new_address: NewAddress, tmp_path: Path):
    address, file, empty = new_address(), tmp_path / "copy.sqlite3", new_address()
    fill(address)
    back_up(address, file)
    assert put_back(file, empty)["revision"] == 3
    with open_store(address) as store, open_store(empty) as restored:
        assert restored.history("乙") == store.history("乙")
        assert restored.area_of_link("0" * 64) == "150500"
        after = restored.save("丙", '{"a":3}')
        assert after.seq > restored.history("乙")[0].seq
    assert put_back(file, address) == {"scenario": 0, "revision": 0, "link": 0}


def test_two_histories_are_never_made_one(new_address: NewAddress, tmp_path: Path):
    address, other, file = new_address(), new_address(), tmp_path / "copy.sqlite3"
    fill(address)
    back_up(address, file)
    with open_store(other) as store:
        store.save("别处", '{"b":1}')
    with pytest.raises(StoreConflict):
        put_back(file, other)
    with open_store(other) as store:
        assert [one.name for one in store.list()] == ["别处"]
    with pytest.raises(StoreError):
        back_up(address, file)
    with pytest.raises(StoreError):
        put_back(tmp_path / "nowhere.sqlite3", address)


def test_a_file_that_is_no_store_is_refused_and_stays_as_it_is(tmp_path: Path):
    text, other, copy = tmp_path / "README.md", tmp_path / "other.sqlite3", tmp_path / "copy.sqlite3"
    text.write_text("# agriplan\n" * 100, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE plan (year)")
    for file in (text, other):
        file.chmod(0o644)
        before = file.read_bytes()
        for ask in (
            lambda file=file: put_back(file, f"sqlite:///{tmp_path}/new.sqlite3"),
            lambda file=file: back_up(f"sqlite:///{file}", copy),
        ):
            with pytest.raises(StoreError):
                ask()
        assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (before, 0o644)
    assert sorted(tmp_path.iterdir()) == sorted([text, other])


def test_only_a_store_is_suggested_for_one_that_is_not_there(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "plan.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE plan (year)")
    missing = f"sqlite:///{tmp_path}/plans.sqlite3"
    with pytest.raises(StoreError) as told:
        back_up(missing, tmp_path / "copy.sqlite3")
    assert told.value.problems[0].suggestion is None
    fill(f"sqlite:///{tmp_path}/plan2.sqlite3")
    with pytest.raises(StoreError) as told:
        back_up(missing, tmp_path / "copy.sqlite3")
    assert told.value.problems[0].suggestion == str(tmp_path / "plan2.sqlite3")


def test_only_what_was_archived_and_is_named_nowhere_else_is_cleared(address: str):
    with open_store(address) as store:
        store.save("留", '{"a":1}')
        store.save("弃", '{"a":1}')
        store.save("弃", '{"a":2}')
        store.archive("弃")
        store.save("新", '{"a":3}')
        assert prune_archived(address, days=1) == (0, 0)
        assert prune_archived(address, days=0, only_count=True) == (1, 1)
        assert prune_archived(address, days=0) == (1, 1)
        assert {one.name for one in store.list()} == {"留", "新"}
        assert store.list(archived=True) == ()
        assert store.count() == 2
        with pytest.raises(StoreError):
            store.history("弃")
        store.save("弃", '{"a":4}')


def test_after_clearing_the_database_still_refuses_changes(address: str):
    import sqlalchemy as sa

    from agriplan.store.connecting import connect, database_url, writing

    with open_store(address) as store:
        store.save("弃", "{}")
        store.archive("弃")
        prune_archived(address, days=0)
        store.save("留", "{}")
    engine = connect(database_url(address))
    for statement in ("DELETE FROM revision", "UPDATE scenario SET body = ''"):
        with pytest.raises(Exception, match=r"never changed|does not answer"), writing(engine) as connection:
            connection.execute(sa.text(statement))
    engine.dispose()
