"""Whatever happened to a kept shape, or to those held while many ask: a workbook is of the area that was asked for."""

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from thoroughness import FULL, tried

from agriplan.engine.plan import Plan
from agriplan.sentences import LANGS, Lang
from agriplan.workbook.blueprint import Blueprint, draw
from agriplan.workbook.blueprints import Blueprints
from agriplan.workbook.files import find_template, load_template
from agriplan.workbook.kept_blueprints import KeptBlueprints

# A further indicator has the same sheets as the first.
INDICATORS = {"milk"}

AREA = "150500"


@pytest.fixture(scope="module")
def drawn(plan: Plan) -> Blueprint:
    return draw(plan, AREA, load_template(None, "zh"), "zh")


@pytest.fixture
def kept(plan: Plan, tmp_path: Path) -> KeptBlueprints:
    return KeptBlueprints(plan.baselines, plan.suggestions, tmp_path)


def test_a_shape_under_the_name_of_another_is_passed_over(drawn: Blueprint, kept: KeptBlueprints) -> None:
    path = kept.path("template", AREA, "zh")
    assert kept.keep(path, drawn)
    assert kept.find(path) is not None
    for other in (("template", "150400", "zh"), ("template", AREA, "en"), ("another", AREA, "zh")):
        shutil.copy(path, kept.path(*other))
        assert kept.find(kept.path(*other)) is None, other


def test_no_flipped_bit_of_the_directory_does_more_than_have_it_passed_over(
    drawn: Blueprint, kept: KeptBlueprints
) -> None:
    path = kept.path("template", AREA, "zh")
    kept.keep(path, drawn)
    whole, sound = path.read_bytes(), kept.find(path)
    assert sound
    begun = whole.index(b"PK\x01\x02", len(whole) - 1000)
    passed_over = 0
    for at in range(begun, len(whole), tried(3, 1)):
        for bit in range(8) if FULL else [at % 8]:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            found = kept.find(path)
            passed_over += found is None
            assert found is None or found.compiled.parts == sound.compiled.parts, (at - begun, bit)
    assert passed_over > 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_what_is_no_file_is_neither_read_nor_waited_for(kept: KeptBlueprints) -> None:
    path = kept.path("template", AREA, "zh")
    os.mkfifo(path)
    assert kept.find(path) is None
    assert not kept.holds(path)


@contextmanager
def often_switched() -> Iterator[None]:
    """Threads take turns after a few steps."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def test_people_who_ask_at_once_for_more_shapes_than_are_held_all_get_theirs(
    plan: Plan, drawn: Blueprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shapes are taken from what is held and put back by turns, while others go through what is held."""

    class Named:
        order = drawn.order

        def __init__(self, asked: str) -> None:
            self.asked = asked

        def workbook(self, _plan: Plan) -> bytes:
            return self.asked.encode()

    def found(_self: Blueprints, area: str, _template: object, lang: Lang) -> Any:
        for other in every._held():
            assert other.order is drawn.order
        return Named(f"{area} {lang}")

    monkeypatch.setattr(Blueprints, "_from_file", found)
    every = Blueprints(plan.baselines, plan.suggestions)
    shipped = {lang: find_template(None, lang) for lang in LANGS}
    asked = list(product(LANGS, plan.baselines.areas)) * 400

    def ask(one: tuple[Lang, str]) -> bytes:
        return every.workbook(plan, one[1], shipped[one[0]], one[0])

    with often_switched(), ThreadPoolExecutor(8) as people:
        assert list(people.map(ask, asked)) == [f"{area} {lang}".encode() for lang, area in asked]
    assert len(every._held()) <= len(plan.baselines.areas)
