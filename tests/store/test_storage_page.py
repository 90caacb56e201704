"""What docs/storage.md promises, done as it says."""

import re
import sqlite3
import subprocess
from pathlib import Path

from agriplan.engine.entered import MOST_SCENARIO_NAME_CHARACTERS
from agriplan.store import Limits, open_store
from agriplan.store.connecting import PATIENCE_SECONDS
from agriplan.store.entries import MOST_PERSON_CHARACTERS

PAGE = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")


def test_the_limits_on_the_page_are_the_limits_of_the_store():
    rows = dict(re.findall(r"^\| (.+) \| (.+) \|$", PAGE, re.MULTILINE))
    limits = Limits()
    assert rows["characters in a scenario's name"] == f"{MOST_SCENARIO_NAME_CHARACTERS:,}"
    assert rows["characters in the name of a person or office"] == f"{MOST_PERSON_CHARACTERS:,}"
    assert rows["bytes in a scenario"] == f"{limits.body_bytes:,}"
    assert rows["different scenarios"] == f"{limits.scenarios:,}"
    assert rows["entries in the record"] == f"{limits.revisions:,}"
    assert rows["bytes of the database"] == f"{limits.database_bytes:,}"
    assert f"up to {PATIENCE_SECONDS} seconds" in PAGE


def test_a_postgresql_backup_taken_while_in_use_is_restored_into_an_empty_database(postgres_server):
    original, empty = postgres_server.new_database(), postgres_server.new_database()
    dump = ["pg_dump", "--format=custom", original]
    restore = ["pg_restore", f"--dbname={empty}", "--exit-on-error"]
    assert "pg_dump --format=custom" in PAGE
    assert "pg_restore --dbname=" in PAGE
    with open_store(original) as store:
        store.save("甲", "{}")
        store.save("甲", '{"a":1}')
        dump[0], restore[0] = (str(postgres_server.binaries / command[0]) for command in (dump, restore))
        backup = subprocess.run(dump, capture_output=True, check=True).stdout
        subprocess.run(restore, input=backup, check=True)
        with open_store(empty) as copy:
            assert copy.history("甲") == store.history("甲")
            assert copy.save("甲", '{"a":2}') == copy.list()[0]


def test_a_sqlite_backup_taken_while_in_use_is_a_store(tmp_path: Path):
    file, backup = tmp_path / "agriplan.sqlite3", tmp_path / "backup.sqlite3"
    assert "VACUUM INTO" in PAGE
    with open_store(f"sqlite:///{file}") as store:
        saved = store.save("甲", "{}")
        vacuum(file, backup)
        with open_store(f"sqlite:///{backup}") as copy:
            assert copy.list() == (saved,)


def vacuum(file: Path, backup: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"VACUUM INTO '{backup}'")
    connection.close()
