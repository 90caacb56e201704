"""One writer at a time, readers at any time, and what reaches the disk."""

import os
from pathlib import Path

import pytest

from agriplan.errors import StoreUnavailable
from agriplan.store import connecting, database, open_store
from agriplan.store.connecting import connect, database_url, reading, writing
from agriplan.store.records import add_body


def test_a_sqlite_store_is_set_to_survive_a_power_cut(tmp_path: Path):
    address = f"sqlite:///{tmp_path}/plans.sqlite3"
    open_store(address).close()
    engine = connect(database_url(address))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5_000}


def test_a_postgresql_commit_waits_for_the_disk_even_where_the_server_is_laxer(postgres_server):
    laxer = "&options=-c%20synchronous_commit%3Doff"
    engine = connect(database_url(postgres_server.new_database() + laxer))
    ask = "SHOW synchronous_commit"
    with reading(engine) as reader, writing(engine) as writer:
        assert reader.exec_driver_sql(ask).scalar_one() == "off"
        assert writer.exec_driver_sql(ask).scalar_one() == "on"
    engine.dispose()


def test_a_store_survives_a_restart_of_the_server_without_being_opened_again(mortal_postgres_server):
    with open_store(mortal_postgres_server.new_database()) as store:
        saved = store.save("甲", "{}")
        mortal_postgres_server.kill()
        with pytest.raises(StoreUnavailable):
            store.list()
        mortal_postgres_server.start()
        assert store.list() == (saved,)


def test_a_writer_who_waits_too_long_for_a_turn_is_told_and_may_try_again(address: str, monkeypatch):
    monkeypatch.setattr(connecting, "PATIENCE_SECONDS", 1)
    monkeypatch.setattr(database, "PAUSE_SECONDS", 0)
    other = connect(database_url(address))
    with open_store(address) as store:
        with writing(other), pytest.raises(StoreUnavailable, match="busy"):
            store.save("甲", "{}")
        assert store.list() == ()
        assert store.save("甲", "{}").seq == 1
    other.dispose()


def test_readers_do_not_wait_for_a_writer(address: str):
    with open_store(address) as store:
        saved = store.save("甲", "{}")
        other = connect(database_url(address))
        with writing(other) as connection:
            add_body(connection, "abc", "{}", saved.at)
            assert store.count() == 1
            assert store.list() == (saved,)
        assert store.count() == 2
        other.dispose()


def test_a_store_opened_before_forking_serves_parent_and_child(address: str):
    with open_store(address) as store:
        child = os.fork() if hasattr(os, "fork") else pytest.skip("this system has no fork")
        if child == 0:
            try:
                store.save("子", "{}")
            finally:
                os._exit(0)
        store.save("父", "{}")
        os.waitpid(child, 0)
        assert {entry.name for entry in store.list()} == {"父", "子"}
