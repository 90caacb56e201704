"""A copy taken while others save is whole and can be put back on either database; archived scenarios can be cleared."""

import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from killed_at_steps import killed_at_steps

from agriplan.errors import StoreConflict, StoreError
from agriplan.kept_files import LEFT_BEHIND
from agriplan.store import open_store
from agriplan.store.backup import COPY_DRAFT, back_up, put_back
from agriplan.store.pruning import prune_archived
from tests.thoroughness import tried

SIDE_FILES = ("-wal", "-shm", "-journal")
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


def test_a_backup_that_is_killed_at_any_step_is_none_and_another_can_be_made(tmp_path: Path):
    address, numbers = f"sqlite:///{tmp_path}/plans.sqlite3", count(1)
    fill(address)
    ended = []

    def begin() -> Callable[[], object]:
        place = tmp_path / str(next(numbers))
        place.mkdir()
        ended.append(place / "copy.sqlite3")
        return lambda: back_up(address, ended[-1])

    for step in killed_at_steps(begin, every=tried(47, 2)):
        file = ended[-1]
        left = [one for one in file.parent.rglob("*") if one.is_file() and not one.name.endswith(SIDE_FILES)]
        for one in left:
            if one == file:  # killed after it was done
                assert put_back(one, f"sqlite:///{file.parent}/new.sqlite3")["revision"] == 3, step
            else:
                with suppress(StoreError):  # whoever takes it for a backup gets all of it, or is told
                    assert put_back(one, f"sqlite:///{file.parent}/new.sqlite3")["revision"] == 3, step
        if file not in left:
            assert back_up(address, file)["revision"] == 3, step
    assert len(ended) > 3
    assert [one.name for one in ended[-1].parent.iterdir()] == ["copy.sqlite3"]


@pytest.mark.parametrize("room", [0, 4_096, 40_000, 130_000])
def test_a_disk_without_room_leaves_nothing_of_a_backup(room: int, tmp_path: Path):
    resource = pytest.importorskip("resource")
    address, place = f"sqlite:///{tmp_path}/plans.sqlite3", tmp_path / "copies"
    fill(address)
    with open_store(address) as store:
        store.save("大", json.dumps("x" * 200_000))
    place.mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(StoreError):
            back_up(address, place / "copy.sqlite3")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(place.iterdir()) == []
    assert back_up(address, place / "copy.sqlite3")["revision"] == 4


def test_what_is_cut_off_or_holds_nothing_is_not_put_back(tmp_path: Path):
    address, file, new = f"sqlite:///{tmp_path}/plans.sqlite3", tmp_path / "copy.sqlite3", tmp_path / "new.sqlite3"
    fill(address)
    back_up(address, file)
    whole = file.read_bytes()
    codes = set()
    for length in range(0, len(whole), 4_096):
        file.write_bytes(whole[:length])
        with pytest.raises(StoreError) as told:
            put_back(file, f"sqlite:///{new}")
        codes.add(told.value.problems[0].code)
    assert codes == {"backup_other_file", "backup_not_whole"}
    with open_store(f"sqlite:///{tmp_path}/begun.sqlite3"):
        pass
    with pytest.raises(StoreError) as told:
        put_back(tmp_path / "begun.sqlite3", f"sqlite:///{new}")
    assert told.value.problems[0].code == "backup_of_nothing"
    assert not new.exists()
    back_up(f"sqlite:///{tmp_path}/begun.sqlite3", tmp_path / "whole.sqlite3")
    for _ in range(2):
        assert not any(put_back(tmp_path / "whole.sqlite3", f"sqlite:///{new}").values())


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_backup_is_not_put_beside_the_log_of_another_database(ending: str, tmp_path: Path):
    address, log = f"sqlite:///{tmp_path}/plans.sqlite3", tmp_path / f"copy.sqlite3{ending}"
    fill(address)
    log.write_bytes(b"another's")
    with pytest.raises(StoreError) as told:
        back_up(address, tmp_path / "copy.sqlite3")
    assert told.value.problems[0].place == str(log)
    assert log.read_bytes() == b"another's"


def test_what_is_no_file_can_be_no_backup_and_is_not_told_as_a_file_that_is_there(tmp_path: Path):
    address = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    open_store(address).close()
    places = [tmp_path, Path(os.devnull), *([Path("/dev/full")] if Path("/dev/full").exists() else [])]
    for place in places:
        with pytest.raises(StoreError) as told:
            back_up(address, place)
        assert [one.code for one in told.value.problems] == ["backup_no_file"], place


def test_drafts_of_backups_that_were_killed_long_ago_are_cleared_away(tmp_path: Path):
    address = f"sqlite:///{tmp_path}/plans.sqlite3"
    fill(address)
    for age, name in ((0, "now"), (2 * LEFT_BEHIND, "old")):
        (tmp_path / f"{COPY_DRAFT}{name}").mkdir()
        os.utime(tmp_path / f"{COPY_DRAFT}{name}", (time.time() - age,) * 2)
    back_up(address, tmp_path / "copy.sqlite3")
    assert [one.name for one in tmp_path.glob(f"{COPY_DRAFT}*")] == [f"{COPY_DRAFT}now"]


def test_errors_of_a_backup_name_the_file_that_was_asked_for(tmp_path: Path):
    address, file = f"sqlite:///{tmp_path}/plans.sqlite3", tmp_path / "nowhere" / "copy.sqlite3"
    fill(address)
    with pytest.raises(StoreError) as told:
        back_up(address, file)
    assert [(one.place, one.code) for one in told.value.problems] == [(str(file), "backup_no_folder")]


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
