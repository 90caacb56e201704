import pytest

from agriplan.errors import StoreConflict, StoreMissing
from agriplan.store import Store

SLOW, FAST = '{"growth":1}', '{"growth":2}'


def names(entries):
    return [entry.name for entry in entries]


def test_renaming_supersedes_and_the_history_remembers_both_names(store: Store):
    saved = store.save("甲", SLOW)
    renamed = store.rename("甲", "乙")
    assert (renamed.action, renamed.supersedes, renamed.scenario_id) == (
        "rename",
        saved.seq,
        saved.scenario_id,
    )
    assert store.list() == (renamed,)
    assert store.history("乙") == store.history("甲") == (renamed, saved)
    with pytest.raises(StoreMissing):
        store.current("甲")


def test_renaming_can_bring_the_text_that_holds_the_new_name(store: Store):
    store.save("甲", '{"name":"甲"}')
    renamed = store.rename("甲", "乙", '{"name":"乙"}')
    assert store.get(renamed.scenario_id) == '{"name":"乙"}'
    assert [store.get(entry.scenario_id) for entry in store.history("乙")] == [
        '{"name":"乙"}',
        '{"name":"甲"}',
    ]


def test_a_former_name_is_free_and_begins_a_history_of_its_own(store: Store):
    store.save("甲", SLOW)
    store.rename("甲", "乙")
    again = store.save("甲", FAST)
    assert again.supersedes is None
    assert store.history("甲") == (again,)
    assert names(store.history("乙")) == ["乙", "甲"]


def test_a_name_that_is_taken_is_refused_even_if_archived(store: Store):
    store.save("甲", SLOW)
    store.save("乙", FAST)
    store.archive("乙")
    with pytest.raises(StoreConflict, match="already the name"):
        store.rename("甲", "乙")
    assert names(store.list()) == ["甲"]


def test_renaming_to_the_same_name_changes_nothing(store: Store):
    saved = store.save("甲", SLOW)
    assert store.rename("甲", " 甲 ") == saved
    assert store.history("甲") == (saved,)


def test_an_archived_scenario_leaves_the_list_and_stays_in_the_store(store: Store):
    saved = store.save("甲", SLOW)
    store.save("乙", FAST)
    archived = store.archive("甲")
    assert names(store.list()) == ["乙"]
    assert store.list(archived=True) == (archived,)
    assert store.get(saved.scenario_id) == SLOW
    assert store.archive("甲") == archived


def test_a_restored_scenario_is_listed_again_with_its_content(store: Store):
    saved = store.save("甲", SLOW)
    assert store.restore("甲") == saved
    store.archive("甲")
    restored = store.restore("甲")
    assert store.list() == (restored,)
    assert restored.scenario_id == saved.scenario_id
    assert [entry.action for entry in store.history("甲")] == ["restore", "archive", "save"]


def test_an_archived_scenario_is_restored_before_it_is_renamed(store: Store):
    store.save("甲", SLOW)
    archived = store.archive("甲")
    with pytest.raises(StoreConflict, match="restore it before"):
        store.rename("甲", "乙")
    assert store.list(archived=True) == (archived,)


@pytest.mark.parametrize("text", [SLOW, FAST])
def test_saving_under_an_archived_name_brings_it_back_with_its_history(store: Store, text: str):
    store.save("甲", SLOW)
    store.archive("甲")
    again = store.save("甲", text)
    assert store.list() == (again,)
    assert len(store.history("甲")) == 3


@pytest.mark.parametrize("turn", ["archive", "restore"])
def test_only_what_is_there_can_be_archived_or_restored(store: Store, turn: str):
    with pytest.raises(StoreMissing):
        getattr(store, turn)("甲")


def test_only_what_is_there_can_be_renamed(store: Store):
    with pytest.raises(StoreMissing):
        store.rename("甲", "乙")


def test_what_was_saved_meanwhile_is_not_lost_in_a_rename(store: Store):
    read = store.save("甲", '{"name":"甲"}')
    newer = store.save("甲", '{"name":"甲","note":"meanwhile"}')
    with pytest.raises(StoreConflict):
        store.rename("甲", "乙", '{"name":"乙"}', expected=read.scenario_id)
    assert store.current("甲") == newer
