"""A save into nowhere is never acknowledged, and whether saving works is told truly."""

import shutil
import signal
import sqlite3
import stat
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from agriplan.errors import StoreFull, StoreUnavailable
from agriplan.store import Limits, Store, database, open_store
from agriplan.store.database import Database
from agriplan.store.pruning import prune_archived
from tests.thoroughness import by_turns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file from being moved")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "方案"
    folder.mkdir(mode=0o700)
    return folder / "plans.sqlite3"


@pytest.fixture
def store(file: Path):
    with open_store(f"sqlite:///{file}") as opened:
        opened.save("甲", "{}")
        yield opened


def everything_of(file: Path) -> list[Path]:
    return [path for path in file.parent.iterdir() if path.name.startswith(file.name)]


def save_many(store: Store) -> None:
    for number in range(200):
        store.save("满", f'{{"note":"{"长" * 4000}{number}"}}')


def code(error: pytest.ExceptionInfo) -> str:
    return error.value.problems[0].code


def test_the_database_is_its_owners_alone(store: Store, file: Path):
    store.save("乙", "{}")
    assert {stat.S_IMODE(path.stat().st_mode) for path in everything_of(file)} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_deleted_file_is_noticed_by_every_save_and_not_begun_anew(store: Store, file: Path):
    for path in everything_of(file):
        path.unlink()
    for ask in (lambda: store.save("乙", "{}"), store.list, store.check):
        with pytest.raises(StoreUnavailable) as refused:
            ask()
        assert code(refused) == "store_gone"
    assert not file.exists()


def test_a_file_that_is_put_back_is_used_again(store: Store, file: Path):
    away = file.with_name("away")
    store.close()
    file.rename(away)
    with pytest.raises(StoreUnavailable):
        store.save("乙", "{}")
    away.rename(file)
    assert store.save("乙", "{}").name == "乙"
    assert [one.name for one in store.list()] == ["乙", "甲"]


def test_a_replaced_file_is_used_from_then_on(store: Store, file: Path, tmp_path: Path):
    other = tmp_path / "other.sqlite3"
    with open_store(f"sqlite:///{other}") as elsewhere:
        elsewhere.save("别处", "{}")
    other.replace(file)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    assert [one.name for one in store.list()] == ["别处"]
    store.save("乙", "{}")
    with open_store(f"sqlite:///{file}") as again:
        assert {one.name for one in again.list()} == {"乙", "别处"}


@pytest.mark.parametrize("lost", ["", "-wal"])
def test_a_file_that_goes_during_a_save_is_noticed_before_the_save_counts(
    store: Store, file: Path, lost: str, monkeypatch: pytest.MonkeyPatch
):
    written = store._database.writing

    def gone_meanwhile():
        answer = written()
        enter = answer.__enter__

        class Slow:
            def __enter__(self):
                connection = enter()
                file.with_name(file.name + lost).unlink()
                return connection

            def __exit__(self, *error: object):
                return answer.__exit__(*error)

        return Slow()

    monkeypatch.setattr(store._database, "writing", gone_meanwhile)
    with pytest.raises(StoreUnavailable) as refused:
        store.save("乙", "{}")
    assert code(refused) == "store_moved"


def test_a_damaged_file_is_told_by_the_check(store: Store, file: Path):
    for number in range(40):
        store.save(f"方案{number}", f'{{"note":"{"长" * 900}{number}"}}')
    store.check()
    store.close()
    with file.open("r+b") as damaged:
        damaged.seek(file.stat().st_size // 2)
        damaged.write(b"\xff" * 20_000)
    with open_store(f"sqlite:///{file}") as again, pytest.raises(StoreUnavailable) as refused:
        again.check()
    assert code(refused) == "store_corrupt"


def test_a_save_that_failed_is_told_by_the_next_check_until_one_would_succeed(store: Store, file: Path, monkeypatch):
    from agriplan.store import connecting

    monkeypatch.setattr(connecting, "PATIENCE_SECONDS", 1)
    store.check()
    store.close()
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    for ask in (lambda: store.save("乙", "{}"), store.check):
        with pytest.raises(StoreUnavailable) as refused:
            ask()
        assert code(refused) == "store_no_turn"
    locker.close()
    time.sleep(database.PAUSE_SECONDS)
    store.check()


def test_damage_that_a_save_meets_is_told_at_once(store: Store, file: Path):
    for number in range(40):
        store.save(f"方案{number}", f'{{"note":"{"长" * 900}{number}"}}')
    store.close()
    with open_store(f"sqlite:///{file}") as again:
        again.check()
        again._database.engine.dispose()
        with file.open("r+b") as damaged:
            damaged.seek(4096)
            damaged.write(b"\xff" * (file.stat().st_size - 4096))
        for ask in (lambda: again.save("乙", "{}"), again.check):
            with pytest.raises(StoreUnavailable) as refused:
                ask()
            assert code(refused) == "store_corrupt"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish" * 5000, b"\0" * 16384])
def test_a_file_that_was_written_over_takes_no_save(store: Store, file: Path, rubbish: bytes):
    store.check()
    file.write_bytes(rubbish)
    for ask in (lambda: store.save("乙", "{}"), store.list, store.check):
        with pytest.raises(StoreUnavailable) as refused:
            ask()
        assert code(refused) == "store_corrupt"


def put_aside(store: Store, file: Path, to: Path) -> None:
    """Write all of the log into the file, and copy that."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(file, to)
    store.check()


@pytest.mark.parametrize(
    ("other", "since"), by_turns(["an older copy of itself", "a smaller one", "a larger one"], [0, 1, 3])
)
def test_a_database_that_is_copied_over_the_file_is_told_and_takes_no_save(
    store: Store, file: Path, tmp_path: Path, other: str, since: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "HISTORY_SECONDS", 0.0)
    source, aside = tmp_path / "other.sqlite3", tmp_path / "aside.sqlite3"
    with open_store(f"sqlite:///{source}") as elsewhere:
        for number in range(3 if other == "a smaller one" else 40):
            elsewhere.save(f"别处{number}", f'{{"note":"{"远" * 900}{number}"}}')
    put_aside(store, file, source if other == "an older copy of itself" else aside)
    for number in range(12):
        store.save(f"方案{number}", f'{{"note":"{"长" * 900}{number}"}}')
    put_aside(store, file, aside)
    for number in range(since):
        store.save(f"后来{number}", "{}")
    shutil.copyfile(source, file)
    for ask in (store.check, lambda: store.save("乙", "{}"), store.list):
        with pytest.raises(StoreUnavailable) as refused:
            ask()
        assert code(refused) in {"store_written_over", "store_corrupt"}
    store.close()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copyfile(aside, file)  # what the sentence says that an administrator should do
    with open_store(f"sqlite:///{file}") as again:
        assert len(again.list()) == 13
        again.check()


def test_whatever_writes_to_the_file_as_it_should_is_no_other_database(store: Store, file: Path, monkeypatch):
    monkeypatch.setattr(database, "HISTORY_SECONDS", 0.0)
    with open_store(f"sqlite:///{file}") as beside:
        for number in range(6):
            store.save(f"方案{number}", "{}")
            beside.save(f"旁边{number}", "{}")
            put_aside(store, file, file.with_name("aside"))
            beside.check()
        beside.archive("旁边5")
    assert prune_archived(f"sqlite:///{file}", 0) == (1, 0)  # the newest entry of all
    put_aside(store, file, file.with_name("aside"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
    store.save("乙", "{}")
    store.check()


def test_a_full_disk_is_told_by_the_check_and_by_the_save(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(Exception, match="full") as told:
        store.check()
    assert code(told) == "store_disk_full"
    with store._database.engine.connect() as connection:  # as good as a full disk, for the one connection there is
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull) as refused:
        save_many(store)
    assert code(refused) == "store_disk_full"


def test_a_database_that_is_as_large_as_it_may_get_refuses_in_words(file: Path):
    with open_store(f"sqlite:///{file}", Limits(database_bytes=200_000)) as small:
        with pytest.raises(StoreFull) as refused:
            save_many(small)
        assert code(refused) == "store_full_bytes"
        small.check()


def test_a_locked_file_keeps_writers_waiting_once_and_readers_never(store: Store, file: Path, monkeypatch):
    from agriplan.store import connecting

    monkeypatch.setattr(connecting, "PATIENCE_SECONDS", 1)
    store.close()
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    took = []
    for _ in range(3):
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            store.save("乙", "{}")
        took.append(time.monotonic() - began)
        assert [one.name for one in store.list()] == ["甲"]
    locker.close()
    assert took[0] >= 1 > max(took[1:])


def test_a_frozen_server_is_given_up_soon_and_asked_again_later(mortal_postgres_server, monkeypatch):
    from agriplan.store import connecting

    monkeypatch.setattr(connecting, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(connecting, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(connecting, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(database, "SLOW_SECONDS", 0.3)
    monkeypatch.setattr(database, "PAUSE_SECONDS", 0.5)
    with open_store(mortal_postgres_server.new_database()) as store:
        saved = store.save("甲", "{}")
        mortal_postgres_server.signal_all(signal.SIGSTOP)
        try:
            began = time.monotonic()
            with pytest.raises(StoreUnavailable):
                store.list()
            assert time.monotonic() - began < 8
            began = time.monotonic()
            with pytest.raises(StoreUnavailable):
                store.save("乙", "{}")
            assert time.monotonic() - began < connecting.ANSWER_SECONDS
        finally:
            mortal_postgres_server.signal_all(signal.SIGCONT)
        time.sleep(database.PAUSE_SECONDS)
        assert store.list() == (saved,)


def test_one_writer_of_a_process_at_a_time_asks_for_the_turn(store: Store):
    assert isinstance(store._database, Database)
    with store._database.writing(), pytest.MonkeyPatch.context() as patched:
        from agriplan.store import connecting

        patched.setattr(connecting, "PATIENCE_SECONDS", 0.2)
        with pytest.raises(StoreUnavailable) as refused:
            store.save("乙", "{}")
    assert code(refused) == "store_no_turn"
