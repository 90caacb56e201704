import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from agriplan.errors import StoreError, StoreUnavailable
from agriplan.store import connecting, default_database_path, open_store
from agriplan.store.connecting import connect, database_url, reading, writing
from agriplan.store.migrating import current_revision, migration_settings
from agriplan.store.records import add_body
from agriplan.store.schema import metadata

OPEN = "import sys; from agriplan.store import open_store; input(); print(open_store(sys.argv[1]).count())"
TOGETHER = 4  # processes that start at once, more than the usual number of workers on a small machine


def run_sql(address: str, statement: str) -> list[tuple]:
    """Past the store, as somebody with a database tool might."""
    if address.startswith("postgresql"):
        with psycopg.connect(address) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(database_url(address).database)) as connection, connection:
        return connection.execute(statement).fetchall()


def test_an_empty_database_is_brought_to_the_newest_revision_and_then_left_alone(address: str):
    open_store(address).close()
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [("0001",)]
    with open_store(address) as store:
        saved = store.save("甲", "{}")
    with open_store(address) as store:
        assert store.list() == (saved,)


def test_the_migrations_form_one_line_with_one_head():
    scripts = ScriptDirectory.from_config(migration_settings())
    assert scripts.get_heads() == ["0001"]
    assert scripts.get_bases() == ["0001"]


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(address: str):
    open_store(address).close()
    engine = connect(database_url(address))
    with reading(engine) as connection:
        assert current_revision(connection) == "0001"
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_migrations_travel_with_the_package():
    assert files("agriplan").joinpath("migrations/versions/0001_scenarios_and_revisions.py").is_file()


def test_processes_that_start_together_migrate_once(address: str):
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(TOGETHER)
    ]
    for process in started:
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [process.communicate()[0].strip() for process in started] == [b"0"] * TOGETHER
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_threads_that_start_together_migrate_once(address: str):
    with ThreadPoolExecutor(TOGETHER) as pool:
        stores = list(pool.map(open_store, [address] * TOGETHER))
    for number, store in enumerate(stores):
        store.save(f"方案{number}", "{}")
        store.close()
    with open_store(address) as store:
        assert len(store.list()) == TOGETHER


@pytest.mark.parametrize("table", ["scenario", "revision"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_saved(address: str, table: str, change: str):
    with open_store(address) as store:
        saved = store.save("甲", "{}")
        with pytest.raises((sqlite3.Error, psycopg.Error), match="never changed"):
            run_sql(address, change.format(table))
        assert store.list() == (saved,)


def test_a_database_of_a_newer_version_is_left_alone_with_a_sentence(address: str):
    open_store(address).close()
    run_sql(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer agriplan \(revision 9999\)"):
        open_store(address)
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_text_that_was_damaged_on_disk_is_not_handed_out(address: str):
    with open_store(address) as store:
        run_sql(address, "INSERT INTO scenario VALUES ('abc', '{}', '2025-01-01 00:00:00')")
        with pytest.raises(StoreError, match="does not match its id"):
            store.get("abc")


def test_the_default_database_is_made_in_the_users_data_folder(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform != "linux":
        pytest.skip("only Linux lets a test move the user's data folder")
    assert default_database_path() == tmp_path / "agriplan" / "agriplan.sqlite3"
    with open_store() as store:
        assert store.location == str(default_database_path())
    assert default_database_path().is_file()


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
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_postgresql_commit_waits_for_the_disk_even_where_the_server_is_laxer(postgres_server):
    address = postgres_server.new_database()
    run_sql(address, "ALTER ROLE planner SET synchronous_commit = off")
    try:
        assert run_sql(address, "SHOW synchronous_commit") == [("off",)]
        engine = connect(database_url(address))
        with writing(engine) as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
        engine.dispose()
    finally:
        run_sql(address, "ALTER ROLE planner RESET synchronous_commit")


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


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match=str(tmp_path / "file")):
        open_store(f"sqlite:///{tmp_path}/file/plans.sqlite3")


def test_a_file_that_is_no_database_is_left_alone_with_a_sentence(tmp_path: Path):
    file = tmp_path / "plans.sqlite3"
    file.write_text("盟市,指标\n" * 200)
    before = file.read_bytes()
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


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
    other = connect(database_url(address))
    with open_store(address) as store:
        with writing(other), pytest.raises(StoreUnavailable, match="lock"):
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


def test_without_its_driver_postgresql_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="pip install"):
        open_store("postgresql://planner@db/plans")


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
