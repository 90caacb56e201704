import re
from datetime import UTC, datetime, timedelta

import pytest

from agriplan.engine.scenario import Scenario, canonical_json, scenario_id
from agriplan.errors import StoreConflict, StoreError, StoreFull, StoreMissing
from agriplan.store import NEW_NAME, Limits, Store, open_store, text_id

SLOW, FAST, FASTER = '{"growth":1}', '{"growth":2}', '{"growth":3}'


def names(entries):
    return [entry.name for entry in entries]


def texts(store, entries):
    return [store.get(entry.scenario_id) for entry in entries]


def test_a_saved_scenario_is_found_under_the_hash_of_its_content(store: Store):
    text = '{"name":"通辽提速","note":"𠮷 \\u0000 \'; --"}'
    saved = store.save("通辽提速", text)
    assert saved.scenario_id == text_id(text)
    assert store.get(saved.scenario_id) == text
    assert (saved.name, saved.action, saved.supersedes) == ("通辽提速", "save", None)
    assert abs(datetime.now(UTC) - saved.at) < timedelta(minutes=5)


def test_what_is_read_later_is_what_saving_returned(store: Store, address: str):
    saved = store.save("甲", SLOW)
    with open_store(address) as other:
        assert other.current("甲") == saved
        assert other.list() == other.history("甲") == (saved,)


def test_the_same_content_saved_twice_under_one_name_is_one_entry(store: Store):
    assert store.save("甲", SLOW) == store.save(" 甲 ", SLOW)
    assert len(store.history("甲")) == store.count() == 1


def test_the_same_content_under_two_names_is_kept_once_and_listed_twice(store: Store):
    first, second = store.save("甲", SLOW), store.save("乙", SLOW)
    assert first.scenario_id == second.scenario_id
    assert store.count() == 1
    assert names(store.list()) == ["乙", "甲"]


def test_two_people_saving_under_one_name_lose_nothing_and_the_newest_counts(store: Store):
    first = store.save("甲", SLOW)
    second = store.save("甲", FAST)
    assert second.supersedes == first.seq
    assert store.list() == (second,)
    assert texts(store, store.history("甲")) == [FAST, SLOW]


def test_going_back_to_an_earlier_content_is_a_new_entry(store: Store):
    for text in (SLOW, FAST, SLOW):
        store.save("甲", text)
    assert texts(store, store.history("甲")) == [SLOW, FAST, SLOW]
    assert store.count() == 2


def test_the_last_changed_scenario_is_listed_first(store: Store):
    for name in ("甲", "乙", "丙"):
        store.save(name, SLOW)
    store.save("甲", FAST)
    assert names(store.list()) == ["甲", "丙", "乙"]


def test_an_editor_who_started_from_an_older_content_is_told_and_nothing_changes(store: Store):
    started = store.save("甲", SLOW)
    newest = store.save("甲", FAST, expected=started.scenario_id)
    with pytest.raises(StoreConflict, match="while you were editing") as told:
        store.save("甲", FASTER, expected=started.scenario_id)
    assert "您编辑期间" in told.value.text("zh")
    assert store.history("甲") == (newest, started)
    assert store.count() == 2


def test_repeating_a_save_whose_answer_was_lost_is_not_a_conflict(store: Store):
    started = store.save("甲", SLOW)
    once = store.save("甲", FAST, expected=started.scenario_id)
    assert store.save("甲", FAST, expected=started.scenario_id) == once


def test_a_name_meant_to_be_new_does_not_cover_another_scenario(store: Store):
    store.save("甲", SLOW, expected=NEW_NAME)
    with pytest.raises(StoreConflict, match="already the name"):
        store.save("甲", FAST, expected=NEW_NAME)


def test_saving_under_a_name_that_was_renamed_meanwhile_is_told(store: Store):
    started = store.save("甲", SLOW)
    store.rename("甲", "乙")
    with pytest.raises(StoreConflict, match="renamed"):
        store.save("甲", FAST, expected=started.scenario_id)
    assert store.count() == 1


def test_a_name_is_kept_in_one_spelling(store: Store):
    store.save("Cafe\u0301  方案\u3000一", SLOW)
    assert names(store.list()) == ["Café 方案 一"]
    assert store.current("Café 方案 一") == store.current("Cafe\u0301 方案 一")


@pytest.mark.parametrize("alike", ["A", "\uff41", "\u0430"])
def test_names_that_nobody_can_tell_apart_are_not_saved_beside_each_other(store: Store, alike: str):
    store.save("a", SLOW)
    with pytest.raises(StoreConflict, match="looks the same"):
        store.save(alike, SLOW)
    assert names(store.list()) == ["a"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "needs a name"),
        (" \u3000\n", "needs a name"),
        ("长" * 61, "61 characters, at most 60"),
        ("a\u202eb", r"cannot be shown \(U\+202E\)"),
        ("a\x00b", r"cannot be shown \(U\+0000\)"),
        ("a\ud800b", r"cannot be shown \(U\+D800\)"),
    ],
)
def test_a_bad_name_is_refused_with_a_sentence(store: Store, name: str, sentence: str):
    with pytest.raises(StoreError, match=sentence):
        store.save(name, SLOW)
    assert store.list() == ()


def test_everything_wrong_with_a_name_is_said_at_once(store: Store):
    with pytest.raises(StoreError) as told:
        store.save("长" * 60 + "\x07", SLOW)
    assert [problem.code for problem in told.value.problems] == ["store_name_long", "store_name_unprintable"]


@pytest.mark.parametrize("character", ["\x00", "\udfff"])
def test_a_text_that_no_database_can_hold_is_refused(store: Store, character: str):
    with pytest.raises(StoreError, match=re.escape(f"U+{ord(character):04X}")):
        store.save("甲", f'"{character}"')


def test_a_text_is_measured_in_bytes_and_refused_above_the_limit(address: str):
    with open_store(address, Limits(body_bytes=8)) as store:
        store.save("甲", '"通辽"')
        with pytest.raises(StoreError, match="9 bytes, at most 8"):
            store.save("乙", '"通辽a"')


def test_a_full_store_refuses_new_scenarios_and_keeps_serving_the_old(address: str):
    with open_store(address, Limits(scenarios=2)) as store:
        store.save("甲", SLOW)
        store.save("乙", FAST)
        with pytest.raises(StoreFull, match="2 scenarios are saved"):
            store.save("丙", FASTER)
        store.save("丙", SLOW)
        assert store.get(text_id(FAST)) == FAST
        assert names(store.list()) == ["丙", "乙", "甲"]


def test_the_record_of_changes_is_bounded_and_a_refused_save_leaves_nothing_behind(address: str):
    with open_store(address, Limits(revisions=2)) as store:
        store.save("甲", SLOW)
        store.save("甲", FAST)
        with pytest.raises(StoreFull, match="2 entries"):
            store.save("甲", FASTER)
        assert store.count() == 2


def test_an_unknown_id_or_name_is_missing_and_a_near_name_is_suggested(store: Store):
    store.save("milk faster", SLOW)
    with pytest.raises(StoreMissing, match="no saved scenario has the id"):
        store.get(text_id(FAST))
    with pytest.raises(StoreMissing, match='did you mean "milk faster"'):
        store.current("milk fastr")
    with pytest.raises(StoreMissing):
        store.history("milk fastr")


def test_the_id_in_the_store_is_the_id_of_the_scenario(store: Store):
    scenario = Scenario(name="通辽提速")
    saved = store.save(scenario.name, canonical_json(scenario))
    assert saved.scenario_id == scenario_id(scenario)
    assert Scenario.model_validate_json(store.get(saved.scenario_id)) == scenario
