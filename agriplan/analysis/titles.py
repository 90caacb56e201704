"""What a scenario is called, on pages, in workbooks and in the names of files: one name everywhere."""

import re
from collections import Counter
from collections.abc import Sequence

from agriplan.analysis.comparison import changes_by_key, entries_of
from agriplan.analysis.entries import key_of
from agriplan.analysis.unnamed import is_reserved
from agriplan.engine.scenario import Scenario
from agriplan.letter_widths import IN_HEADS
from agriplan.sentences import Lang, say


def title_of(scenario: Scenario, lang: Lang) -> str:
    """Its name; without one, or under one of those, it is the default, or changes that nobody has saved.

    >>> each = Scenario(), Scenario(growth={"milk": {"150500": 8}}), Scenario(name="通辽提速")
    >>> tuple(title_of(one, "zh") for one in each)
    ('默认方案', '未保存的修改（1处）', '通辽提速')
    """
    count = len(changed_keys(scenario))
    if scenario.name and not is_reserved(scenario.name):
        return scenario.name
    return say("scenario.unsaved" if count else "scenario.default", lang, count=count)


def titles_of(scenarios: Sequence[Scenario], lang: Lang) -> list[str]:
    """What scenarios side by side are called; those that would be called alike are told apart by their places.

    >>> titles_of([Scenario(), Scenario(target={"milk": 900}), Scenario(target={"milk": 950})], "en")
    ['Default', 'Unsaved changes (1) [2]', 'Unsaved changes (1) [3]']
    """
    return _told_apart([title_of(scenario, lang) for scenario in scenarios])


def _told_apart(titles: Sequence[str]) -> list[str]:
    times = Counter(titles)
    return [f"{title} [{place}]" if times[title] > 1 else title for place, title in enumerate(titles, 1)]


# As wide as twenty digits, or ten Chinese letters: three lines of a head, and five of them two of a chart's legend.
ROOM = 20
# So many letters of a name stand at least before a remark in brackets, else the remark is left out.
LEAST_BEFORE_REMARK = 4
# What stands in brackets at a name's end, and a bracket that nothing closes with what follows it.
IN_LAST_BRACKETS = re.compile(r"[（(\[【「《“][^（(\[【「《“]*[）)\]】」》”]$")
UNCLOSED = re.compile(r"(?<=.)[（(\[【「《“][^）)\]】」》”]*$")


def short_titles(titles: Sequence[str]) -> list[str]:
    """The names as heads of columns and legends of charts have room for them: of long ones their beginnings and ends.

    Those that would be alike are told apart by their places. Drafts of one plan often differ at the end of their names.

    >>> short_titles(["通辽提速", "内蒙古自治区农牧业规划修订草案（甲）", "内蒙古自治区农牧业规划修订草案（乙）"])
    ['通辽提速', '内蒙古自治区…（甲）', '内蒙古自治区…（乙）']
    >>> short_titles(["Milk first, meat held back 2023", "Milk first, then meat, held back 2023"])
    ['Milk first…back 2023 [1]', 'Milk first…back 2023 [2]']
    """
    return _told_apart([_shortened(title) for title in titles])


def _shortened(title: str) -> str:
    """Its beginning and its end, as a remark in brackets; only its beginning where that end would be torn from these.

    >>> _shortened("2025年奶业振兴综合方案（会议讨论稿）"), _shortened("2025年奶业振兴方案（供农牧厅会议讨论用）")
    ('2025…（会议讨论稿）', '2025年奶业振兴方案…')
    """
    if IN_HEADS.of(title) <= ROOM:
        return title
    remark = IN_LAST_BRACKETS.search(title)
    halves = (title[-count:].lstrip() for count in range(len(title) // 2, 0, -1))
    ends = [remark[0]] if remark else halves
    found = (_begun(title, end, least=LEAST_BEFORE_REMARK if remark else len(end)) for end in ends)
    return next((one for one in found if one), None) or _begun(title, "", least=1) or title


def _begun(title: str, end: str, least: int) -> str | None:
    """As much of a title as there is room for before its end, without a bracket that is not closed; None for little."""
    for count in range(len(title) - len(end), least - 1, -1):
        whole = f"{UNCLOSED.sub('', title[:count]).rstrip()}…{end}"
        if IN_HEADS.of(whole) <= ROOM:
            return whole
    return None


def changed_keys(scenario: Scenario) -> list[str]:
    """What is changed against the default, each once: a figure and what is said of it are one.

    >>> own = {"value": 36.5, "source": "通辽市统计局"}
    >>> changed_keys(Scenario(baseline={"milk_output": {"150500": own}}, target={"milk": 900}))
    ['baseline.milk_output.150500', 'target.milk']
    """
    return list(changes_by_key(scenario))


def differing_keys(before: Scenario, after: Scenario) -> frozenset[str]:
    """What is not the same in two scenarios.

    >>> sorted(differing_keys(Scenario(target={"milk": 900, "forage_value": 90}), Scenario(target={"milk": 950})))
    ['target.forage_value', 'target.milk']
    """
    if before is after:
        return frozenset()
    then, now = entries_of(before), entries_of(after)
    return frozenset(key_of(path) for path in then.keys() | now.keys() if then.get(path) != now.get(path))


# Three fingerprints stand in a line; of more their first letters.
WHOLE_IN_LINE, FIRST_LETTERS = 3, 8


def marks_of(fingerprints: Sequence[str]) -> list[str]:
    """The fingerprints of plans side by side, as they stand in one line.

    >>> marks_of(["7b486dfe41936c26"] * 4)
    ['7b486dfe', '7b486dfe', '7b486dfe', '7b486dfe']
    """
    return [one if len(fingerprints) <= WHOLE_IN_LINE else one[:FIRST_LETTERS] for one in fingerprints]
