"""Two scenarios never have names that a person takes for one."""

import pytest

from agriplan.errors import StoreConflict, StoreError
from agriplan.store import Store

ALIKE = [("通辽 (A)", "通辽（Ａ）"), ("plan", "plаn"), ("Milk 1", "milk  1"), ("⽅案", "方案"), ("l0", "Io")]
UNSEEN = ["通\u200b辽", "通\ufe0f辽", "通辽\u3164", "\u202e通辽", "通\U000e0101辽", "通\u2800辽", "通\x00辽"]


@pytest.mark.parametrize(("first", "second"), ALIKE[:4])
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
