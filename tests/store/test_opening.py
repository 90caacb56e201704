"""An empty database, one of today, one of tomorrow, one that somebody has been at."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.resources import files

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from agriplan.errors import StoreError
from agriplan.store import open_store
from agriplan.store.connecting import connect, database_url, reading
from agriplan.store.migrating import current_revision, migration_settings
from agriplan.store.schema import metadata

OPEN = "import sys; from agriplan.store import open_store; input(); print(open_store(sys.argv[1]).count())"
HEADS = ScriptDirectory.from_config(migration_settings()).get_heads()
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
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [(HEADS[0],)]
    with open_store(address) as store:
        saved = store.save("甲", "{}")
    with open_store(address) as store:
        assert store.list() == (saved,)


def test_the_migrations_form_one_line_with_one_head():
    assert len(HEADS) == 1
    assert ScriptDirectory.from_config(migration_settings()).get_bases() == ["0001"]


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(address: str):
    open_store(address).close()
    engine = connect(database_url(address))
    with reading(engine) as connection:
        assert current_revision(connection) == HEADS[0]
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_migrations_travel_with_the_package():
    assert files("agriplan").joinpath("store/migrations/versions/0001_scenarios_and_revisions.py").is_file()


def test_processes_that_start_together_migrate_once(address: str):
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(TOGETHER)
    ]
    for process in started:
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [process.communicate()[0].strip() for process in started] == [b"0"] * TOGETHER
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [(HEADS[0],)]


def test_threads_that_start_together_migrate_once(address: str):
    with ThreadPoolExecutor(TOGETHER) as pool:
        stores = list(pool.map(open_store, [address] * TOGETHER))
    for number, store in enumerate(stores):
        store.save(f"方案{number}", "{}")
        store.close()
    with open_store(address) as store:
        assert len(store.list()) == TOGETHER


@pytest.mark.parametrize("table", ["scenario", "revision", "link"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_saved(address: str, table: str, change: str):
    with open_store(address) as store:
        saved = store.save("甲", "{}")
        store.make_link("150500", "0" * 64)
        with pytest.raises((sqlite3.Error, psycopg.Error), match="never changed"):
            run_sql(address, change.format(table))
        assert store.list() == (saved,)


def test_a_database_of_a_newer_version_is_left_alone_with_a_sentence(address: str):
    open_store(address).close()
    run_sql(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer agriplan \(revision 9999\)"):
        open_store(address)
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [("9999",)]


BAD = "a" * 64  # no text has this hash


def test_a_text_that_was_damaged_on_disk_is_not_handed_out(address: str):
    with open_store(address) as store:
        run_sql(address, f"INSERT INTO scenario VALUES ('{BAD}', '{{}}', '2025-01-01 00:00:00')")
        with pytest.raises(StoreError, match="does not match its id"):
            store.get(BAD)
