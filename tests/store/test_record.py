"""Any sequence of changes, against a model that a planner could keep on paper."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from agriplan.errors import StoreConflict, StoreMissing
from agriplan.store import open_store, text_id
from tests.thoroughness import tried

NAMES = st.sampled_from(["甲", "乙", "丙"])
TEXTS = st.sampled_from(["{}", '{"a":1}', '{"a":2}', '{"a":3}'])


@dataclass
class Line:
    """One named scenario: its current name, whether it is put away, what happened to it."""

    name: str
    archived: bool = False
    past: list[tuple[str, str, str]] = field(default_factory=list)  # action, name, text

    def note(self, action: str, text: str) -> None:
        self.past.append((action, self.name, text))

    @property
    def text(self) -> str:
        return self.past[-1][2]


class Record(RuleBasedStateMachine):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.store = open_store(address)
        self.lines: list[Line] = []  # last changed at the end
        self.texts: set[str] = set()

    def teardown(self) -> None:
        self.store.close()

    def find(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def touch(self, line: Line, action: str, text: str) -> None:
        line.note(action, text)
        self.texts.add(text)
        self.lines = [other for other in self.lines if other is not line] + [line]

    @rule(name=NAMES, text=TEXTS)
    def save(self, name: str, text: str) -> None:
        self.store.save(name, text)
        line = self.find(name)
        if line is None or line.archived or line.text != text:
            line = line or Line(name)
            line.archived = False
            self.touch(line, "save", text)

    @rule(name=NAMES, text=TEXTS, started=TEXTS)
    def save_as_expected(self, name: str, text: str, started: str) -> None:
        line = self.find(name)
        same = line is not None and line.text == text and not line.archived
        if same or (line is not None and line.text == started):
            self.store.save(name, text, expected=text_id(started))
            if not same:
                line.archived = False
                self.touch(line, "save", text)
        else:
            with pytest.raises(StoreConflict):
                self.store.save(name, text, expected=text_id(started))

    @rule(name=NAMES, new=NAMES)
    def rename(self, name: str, new: str) -> None:
        line = self.find(name)
        if line is None:
            with pytest.raises(StoreMissing):
                self.store.rename(name, new)
        elif line.archived or (new != name and self.find(new)):
            with pytest.raises(StoreConflict):
                self.store.rename(name, new)
        else:
            self.store.rename(name, new)
            if new != name:
                line.name = new
                self.touch(line, "rename", line.text)

    @rule(name=NAMES, archive=st.booleans())
    def turn(self, name: str, archive: bool) -> None:
        line = self.find(name)
        action = "archive" if archive else "restore"
        if line is None:
            with pytest.raises(StoreMissing):
                getattr(self.store, action)(name)
            return
        getattr(self.store, action)(name)
        if line.archived != archive:
            line.archived = archive
            self.touch(line, action, line.text)

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = open_store(self.address)

    @invariant()
    def lists_agree(self) -> None:
        for archived in (False, True):
            expected = [(line.name, text_id(line.text)) for line in self.lines if line.archived == archived]
            listed = [(entry.name, entry.scenario_id) for entry in self.store.list(archived)]
            assert listed == expected[::-1]

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.store.count() == len(self.texts)
        for line in self.lines:
            entries = self.store.history(line.name)
            past = [(entry.action, entry.name, self.store.get(entry.scenario_id)) for entry in entries]
            assert past == line.past[::-1]
            assert [entry.supersedes for entry in entries] == [*(entry.seq for entry in entries[1:]), None]


def test_any_sequence_of_changes_leaves_the_record_a_planner_would_keep(new_address):
    run_state_machine_as_test(
        lambda: Record(new_address()),
        settings=settings(
            max_examples=tried(5, 20), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
