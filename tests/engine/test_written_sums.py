"""Sums that a sentence states are true of every plan: the words of both languages are read and worked out."""

import re

import numpy as np
import pytest
from engine.scenarios import random_scenario

from agriplan.engine.plan import make_plan
from agriplan.sentences import catalogue

# What a figure is called in such a sentence; all counted, as sums are.
NAMES = {
    "targets": ("各盟市目标之和", "各盟市目标", "leagues' targets", "league targets"),
    "statistical_difference": ("统计差异", "statistical difference", "difference"),
    "held_back": ("预留", "held back"),
    "on_top": ("上浮", "on top"),
    "residual": ("分解差额", "residual"),
    "surplus": ("富余", "surplus"),
    "unallocated": ("未分解量", "unallocated"),
    "projection": ("全区趋势预测", "趋势预测", "projection"),
    "to_place": ("待分解量", "to place"),
    "gap": ("缺口", "gap"),
    "target": ("目标", "target"),
}
FIGURE_OF = {word: figure for figure, words in NAMES.items() for word in words}
WORD = "(?:" + "|".join(map(re.escape, sorted(FIGURE_OF, key=len, reverse=True))) + ")"
SUM = rf"{WORD}(?:\s*[+−-]\s*{WORD})*"
IN_SURPLUS = rf"\s*[（(](?:富余时为|富余时 = |in a surplus: = |in a surplus: the )({WORD})[）)]"
EQUATION = re.compile(rf"({SUM})\s*=\s*({SUM})(?:{IN_SURPLUS})?(?!\s*(?:×|less))", re.IGNORECASE)
STATED = ("page.method.gap", "check.sum")


def worked_out(text, figures):
    signs = [1, *(-1 if sign in "−-" else 1 for sign in re.findall(r"(?<=\s)[+−-](?=\s)|(?<=\S)[+−-](?=\S)", text))]
    words = [figures[FIGURE_OF[word.lower()]] for word in re.findall(WORD, text, re.IGNORECASE)]
    return sum(sign * value for sign, value in zip(signs, words, strict=True))


def figures_of(plan, line):
    leagues = plan.leagues_of(line["indicator"])
    own = {name: line[name] * line["divisor"] for name in ("target", "projection", "unallocated")}
    return {
        **{name: line[name] for name in NAMES if name in line},
        **own,
        "targets": float(np.nansum(leagues["target"] * leagues["size"])),
    }


@pytest.fixture(scope="module")
def plans(plan, baselines, suggestions):
    return [plan, *(make_plan(random_scenario(seed, baselines), baselines, suggestions) for seed in range(25))]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", STATED)
def test_what_adds_up_by_the_sentence_adds_up_in_every_plan(code, lang, plans):
    stated = EQUATION.findall(catalogue()[code][lang])
    assert any(FIGURE_OF[re.match(WORD, left, re.IGNORECASE)[0].lower()] == "targets" for left, _, _ in stated)
    surpluses = 0
    for plan in plans:
        for line in plan.lines.to_dict("records"):
            figures = figures_of(plan, line)
            surpluses += line["gap"] <= 0
            for left, right, in_surplus in stated:
                other = in_surplus if in_surplus and line["gap"] <= 0 else right
                difference = worked_out(left, figures) - worked_out(other, figures)
                assert abs(difference) <= 1e-9 * max(map(abs, figures.values())), (line["indicator"], left, other)
    assert surpluses > 0
