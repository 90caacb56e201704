"""TOML that people keep: nested beyond what any plan says, or with endless digits, it is refused in one sentence."""

import pytest
from bad_data import SHIPPED, broken_copy

from agriplan.baselines.folder import read_baselines
from agriplan.baselines.toml_file import UnreadTomlError, load_toml
from agriplan.errors import BaselinesError, SettingsError
from agriplan.json_and_toml import MOST_DEPTH
from agriplan.web.users import load_users

FORMS = {
    "lists": lambda deep: f"x = {'[' * deep}{']' * deep}",
    "tables": lambda deep: f"x = {'{a = ' * deep}1{'}' * deep}",
    "lists of tables": lambda deep: f"x = {'[{a = ' * (deep // 2)}1{'}]' * (deep // 2)}",
    "keys with points": lambda deep: f"x{'.a' * deep} = 1",
    "heads with points": lambda deep: f"[x{'.a' * deep}]",
}
FILES = ("plan.toml", "commitments.toml", "balances.toml")


@pytest.mark.parametrize("deep", [MOST_DEPTH + 2, 300, 1000, 5000])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_nested_more_deeply_than_any_plan_is_refused(form, deep):
    with pytest.raises(UnreadTomlError, match="toml_too_deep"):
        load_toml(FORMS[form](deep))


def test_the_files_of_a_plan_are_not_too_deep():
    for name in FILES:
        assert load_toml((SHIPPED / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("whole", "code"), [(FORMS["lists"](5000), "toml_too_deep"), (f"x = {'9' * 5000}", "toml_number_too_long")]
)
def test_every_toml_file_of_a_data_folder_is_refused_in_one_sentence(file, whole, code, tmp_path):
    folder = broken_copy(SHIPPED, tmp_path / "copy", [{"file": file, "whole": whole}])
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert [one.code for one in caught.value.problems if one.place == file] == [code]


@pytest.mark.parametrize("text", [FORMS["lists"](5000), f"x = {'9' * 5000}"], ids=["deep", "long"])
def test_a_list_of_users_of_that_sort_is_no_list(text, tmp_path):
    (tmp_path / "users.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_users(tmp_path / "users.toml")
    assert [one.code for one in caught.value.problems] == ["users_unreadable"]
