"""Two scenarios never have names that a person takes for one."""

import pytest

from agriplan.analysis.titles import title_of
from agriplan.engine.scenario import Scenario
from agriplan.errors import StoreConflict, StoreError
from agriplan.store import Store
from agriplan.store.lookalikes import LOOKS_LIKE, look_alike

ALIKE = [
    *(
        ("通辽 (A)", "通辽（Ａ）"),
        ("plan", "plаn"),
        ("Milk 1", "milk  1"),
        ("⽅案", "方案"),
        ("l0", "Io"),
        ("l1", "I1"),
    ),
    *(("A·B", "A・B"), ("a-b", "a–b"), ("2021-2025", "2021—2025"), ("2021-2025", "2021一2025"), ("奶:肉", "奶∶肉")),
    *(("“快”", '"快"'), ("马业", "⻢业"), ("Ⅱ期", "ll期"), ("ＭＩＬＫ", "мilк")),
]
APART = [
    ("方案一", "方案二"),
    ("方案L", "方案1"),
    ("方案i", "方案1"),
    ("A·B", "A-B"),
    ("己", "已"),
    ("S", "5"),
    ("AB", "A B C"),
]
UNSEEN = ["通\u200b辽", "通\ufe0f辽", "通辽\u3164", "\u202e通辽", "通\U000e0101辽", "通\u2800辽", "通\x00辽"]


@pytest.mark.parametrize(("kept", "others"), LOOKS_LIKE.items())
def test_a_letter_looks_like_each_of_its_kind_wherever_it_stands(kept: str, others: str):
    for other in others:
        for first, second in ((kept, other), (others[0], other)):
            assert look_alike(f"通{first}A 1", f"通{second}a　1"), (first, second)
        assert not look_alike(f"通{kept}A", f"通{other}B")
        assert not look_alike(f"{kept}通", f"通{other}")


@pytest.mark.parametrize(("first", "second"), APART)
def test_names_that_can_be_told_apart_stand_beside_each_other(store: Store, first: str, second: str):
    store.save(first, "{}")
    store.save(second, '{"note":"a"}')
    assert {entry.name for entry in store.list()} == {first, second}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_a_name_that_looks_like_another_is_refused_with_the_other(store: Store, first: str, second: str):
    store.save(first, "{}")
    with pytest.raises(StoreConflict) as refused:
        store.save(second, '{"note":"a"}')
    assert refused.value.problems[0].code == "store_name_alike"
    store.save("乙", '{"note":"b"}')
    with pytest.raises(StoreConflict):
        store.rename("乙", second)
    assert store.save(first, '{"note":"c"}').supersedes
    assert store.rename(first, second).name


@pytest.mark.parametrize("name", UNSEEN)
def test_letters_that_nobody_sees_are_refused(store: Store, name: str):
    with pytest.raises(StoreError) as refused:
        store.save(name, "{}")
    assert refused.value.problems[0].code == "store_name_unprintable"


UNNAMED = [
    "默认方案",
    "Default",
    "ｄｅｆａｕｌｔ",
    "默认 方案",
    "未保存的修改（1处）",
    "未保存的修改(12处)",
    "Unsaved changes (3)",
    *("未保存的修改", "Unsaved changes", "unsaved changes.", "未保存的修改 [2]"),
    *("默认", "默认方案。", "《默认方案》", "the default", "The Default.", "Default [2]", "默认方案 [3]", "defau1t"),
]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", UNNAMED)
def test_no_scenario_goes_by_what_those_without_a_name_are_called(store: Store, name: str):
    store.save("方案", "{}")
    for asked in (lambda: store.save(name, "{}"), lambda: store.rename("方案", name)):
        with pytest.raises(StoreError) as refused:
            asked()
        assert [problem.code for problem in refused.value.problems] == ["store_name_reserved"]
    if "1t" in name:  # shown as it is, since letters of other looks can be told apart in a file
        return
    changed = Scenario(name=name, target={"milk": 900})
    assert [title_of(changed, lang) for lang in ("zh", "en")] == ["未保存的修改（1处）", "Unsaved changes (1)"]
    assert title_of(Scenario(name=name), "zh") == "默认方案"


@pytest.mark.parametrize("name", ["默认方案二", "默认方案1", "Default 2030b", "Default 2", "修改1处", "修改"])
def test_names_that_only_hold_such_words_are_names(store: Store, name: str):
    assert store.save(name, "{}").name == name
    assert title_of(Scenario(name=name, target={"milk": 900}), "zh") == name
