"""What a planner wrote goes with the plan: no module keeps it, whatever workbooks were made of it."""

import gc
import json
import os
import subprocess
import sys
from collections import deque
from pathlib import Path
from types import FunctionType, ModuleType

from agriplan.analysis.comparison import compare
from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.workbook.blueprint import draw
from agriplan.workbook.checked_template import check_formulas
from agriplan.workbook.content.book import describe_book
from agriplan.workbook.content.compared import describe_comparison
from agriplan.workbook.files import load_template
from tests.workbook.fewer_indicators import of_indicators

WRITTEN = "只有这一个方案里才有的话"


def test_what_was_written_in_a_scenario_is_kept_by_no_module_once_its_plan_is_gone():
    # In a process of its own: what other tests, their frames and their threads still hold is not asked.
    places = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    done = subprocess.run([sys.executable, __file__], env=places, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"by_modules": [], "at_all": []}


def look_for_what_was_written():
    baselines = read_baselines(baselines_folder())
    make_everything(of_indicators(baselines, {"milk"}), suggestions_for(baselines))
    gc.collect()
    by_modules = [
        (name, str(type(each))) for name in own_modules() for each in led_to(sys.modules[name]) if holds(each)
    ]
    # Not by any other way either: a table or a list that holds the words would be found among all objects.
    at_all = [str(type(each)) for each in gc.get_objects() if isinstance(each, dict | list | tuple) and says(each)]
    print(json.dumps({"by_modules": by_modules, "at_all": at_all}))


def make_everything(baselines, suggestions):
    asked = {
        "name": f"{WRITTEN}一",
        "note": f"{WRITTEN}二",
        "growth": {"milk": {"150500": 4.25}},
        "limits_why": {"milk": {"150500": f"{WRITTEN}三"}},
        "allocation": {"milk": {"ceiling": {"150500": 30.0}}},
    }
    plan = make_plan(Scenario.model_validate(asked), baselines, suggestions)
    other = make_plan(Scenario.model_validate(asked | {"name": f"{WRITTEN}四"}), baselines, suggestions)
    template = load_template(None, "zh")
    assert says([plan.scenario.note])
    draw(plan, "150500", template, "zh").workbook(plan)
    describe_book(plan, "150000", "zh", template.words)
    describe_comparison(compare([plan, other]), "zh", template.words)
    check_formulas(plan, template, "zh")


def says(texts):
    """Whether the words stand there themselves."""
    values = texts.values() if isinstance(texts, dict) else texts
    return any(isinstance(each, str) and WRITTEN in each and each != WRITTEN for each in (*texts, *values))


def holds(thing):
    return isinstance(thing, dict | list | tuple | set | frozenset) and says(thing)


def own_modules():
    return [name for name in sys.modules if name.partition(".")[0] == "agriplan"]


def led_to(module):
    """Everything that a module's names lead to: what they hold, what their functions remember, what classes keep."""
    ways, seen = deque(vars(module).values()), set()
    while ways:
        thing = ways.popleft()
        if id(thing) in seen or isinstance(thing, ModuleType) or foreign(thing):
            continue
        seen.add(id(thing))
        yield thing
        if isinstance(thing, FunctionType):
            ways.extend([thing.__closure__, thing.__defaults__, thing.__kwdefaults__, thing.__dict__])
        else:
            ways.extend(gc.get_referents(thing))


def foreign(thing):
    """Classes and functions of others; their modules lead everywhere."""
    return isinstance(thing, type | FunctionType) and not str(thing.__module__).startswith("agriplan")


if __name__ == "__main__":
    look_for_what_was_written()
