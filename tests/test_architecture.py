"""The house keeps its order: one home per outside library, no import upward, small files, sentences in two tongues."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from agriplan.engine.allocation import RULES
from agriplan.engine.scenario import RuleName
from agriplan.sentences import LANGS, catalogue
from tests.module_state import FUNCTIONS, kept_by_modules, names_given, statements, within

PACKAGE = Path(__file__).parents[1] / "agriplan"
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}

# Where an outside library lives; nobody else imports it.
HOMES = {
    "xlsxwriter": ("workbook/",),
    "openpyxl": ("workbook/",),
    "zlib_ng": ("workbook/xlsx/zipped.py",),
    "statsmodels": ("forecast/methods.py",),
    "flask": ("web/",),
    "flask_wtf": ("web/",),
    "wtforms": ("web/",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "click": ("cli.py", "commands/"),
    "docxtpl": ("report/brief/",),
    "docx": ("report/brief/",),
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
MOST_LINES = 250  # "not much above 200"


@cache
def trees():
    """What each file says, parsed once, and by nobody who only wants to know the files."""
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}


def imported(tree):
    for node in within(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "agriplan")


def test_an_outside_library_has_one_home():
    homes = {name: [module.split(".")[0] for module in imported(tree)] for name, tree in trees().items()}
    assert "xlsxwriter" in homes["workbook/xlsx/charts.py"]
    amiss = [
        f"{name} imports {library}, which lives in {HOMES[library]}"
        for name, libraries in homes.items()
        for library in libraries
        if library in HOMES and not name.startswith(HOMES[library])
    ]
    assert amiss == []


def test_each_folder_imports_only_from_those_below_it():
    """The contracts stand in pyproject.toml; this says aloud which import breaks them."""
    contracts = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports as lint; raise SystemExit(lint(no_cache=True))",
        ],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert contracts.returncode == 0, contracts.stdout


def test_no_modules_import_each_other_in_a_circle():
    """Not where they use each other later, and not for types alone: whoever reads one has to read all of a circle."""
    modules = {
        f"agriplan.{name.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__"): name for name in FILES
    }
    needs = {
        module: {part for part in imports_of(trees()[name]) if part in modules} - {module}
        for module, name in modules.items()
    }
    assert len(needs["agriplan.cli"]) > 10
    TopologicalSorter(needs).prepare()


def imports_of(tree):
    """The modules of the package that a module takes something from."""
    for node in within(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}".removeprefix("agriplan.").replace(".", "/") for alias in node.names}
            parts = {part for part in inner if f"{part}.py" in FILES or f"{part}/__init__.py" in FILES}
            yield from (f"agriplan.{part.replace('/', '.')}" for part in parts)
            if len(parts) < len(node.names):
                yield node.module


def test_help_loads_neither_the_engine_nor_any_library_but_click():
    """Whoever asks what there is waits for nothing that only a command needs: commands import what they use."""
    asked = "import sys; sys.argv[1:] = ['--help']; import agriplan.cli; agriplan.cli.main(standalone_mode=False)"
    code = f"{asked}; print('loaded:', *sorted({{name.split('.')[0] for name in sys.modules}}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(said.stdout.rpartition("loaded:")[2].split())
    assert "click" in loaded
    assert not loaded & {"numpy", "pandas", "pydantic", "flask", "sqlalchemy", "openpyxl", "xlsxwriter", "statsmodels"}


def test_files_are_small_named_for_their_purpose_and_say_what_they_are_for():
    assert len(FILES) > 300
    amiss = [
        f"{name} {fault}"
        for name, file in FILES.items()
        for fault in _faults_of(name, file.read_text(encoding="utf-8"))
    ]
    assert amiss == []


def _faults_of(name, source):
    if len(source.splitlines()) > MOST_LINES:
        yield f"has {len(source.splitlines())} lines: {MOST_LINES} at most"
    if empty := EMPTY_NAMES & set(Path(name).with_suffix("").parts):
        yield f"is called {', '.join(empty)}, which says nothing"
    if not ast.get_docstring(trees()[name]):
        yield "does not say what it is for"


ROOM = 20  # what a recipe adds to a module, or two
RECIPES = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")


def homes_of_recipes():
    """The modules that recipes add to, as they name them: with their folder, or the end of it."""
    told = set(re.findall(r"`([\w/]+\.py)`", RECIPES))
    return sorted(name for name in FILES if any(f"/agriplan/{name}".endswith(f"/{each}") for each in told))


def full(homes, lines):
    return [
        f"agriplan/{name} has {lines(name)} lines: whoever follows a recipe cannot add to it, part it at a seam"
        for name in homes
        if lines(name) > MOST_LINES - ROOM
    ]


def test_whatever_a_recipe_adds_to_has_room():
    homes = homes_of_recipes()
    assert {"engine/allocation.py", "workbook/evaluate/meaning.py", "workbook/formulas/line.py"} <= {*homes}
    assert full(homes, lambda name: len(FILES[name].read_text(encoding="utf-8").splitlines())) == []


def test_a_home_without_room_is_named():
    assert [told.split()[0] for told in full(["engine/columns.py"], lambda _: 231)] == ["agriplan/engine/columns.py"]


# What is named by others: the operations of the API by their ids, from which programs make functions.
NAMED_BY_OTHERS = {"make_plan": {"engine/plan.py", "web/api/plans.py"}}


def test_a_public_name_means_one_thing_in_the_whole_package():
    """A class, function or constant is defined in one module; others import it from there."""
    homes = {}
    for name, tree in trees().items():
        if "migrations/versions/" in name:  # Alembic runs them one by one, and each says the same four things
            continue
        for defined in public_names(tree):
            homes.setdefault(defined, set()).add(name)
    assert {defined: names for defined, names in homes.items() if len(names) > 1} == NAMED_BY_OTHERS


# Methods by which a plan is asked for rows: `plan.leagues_of(…)` and a function `leagues_of(plan, …)` beside it would
# read as the same, and give something else.
def test_no_function_is_called_like_a_question_to_a_plan():
    asked = {
        method.name
        for module in ("engine/plan.py", "engine/plan_tables.py")
        for node in trees()[module].body
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, FUNCTIONS) and len(method.args.args) > 1 and not method.name.startswith("_")
    }
    assert "leagues_of" in asked
    found = {
        name: asked & {node.name for node in tree.body if isinstance(node, FUNCTIONS)} for name, tree in trees().items()
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_what_is_imported_everywhere_is_no_function_elsewhere():
    """Modules on top of the package and of the engine: a function of that name would read as one of them."""
    modules = {Path(name).stem for name in FILES if "/" not in name or name.startswith("engine/")} - {"__init__", "cli"}
    homes = {name: names for name, names in _functions().items() if name in modules}
    own = {name: {each for each in names if Path(each).stem != name} for name, names in homes.items()}
    assert {name: names for name, names in own.items() if names} == {"plan": {"cli.py"}}  # the command


def _functions():
    homes = {}
    for name, tree in trees().items():
        for node in tree.body:
            if isinstance(node, FUNCTIONS):
                homes.setdefault(node.name, set()).add(name)
    return homes


def public_names(tree):
    """What a module defines for others, doors among it: commands, pages, operations."""
    for node in statements(tree.body):
        found = [node.name] if isinstance(node, (*FUNCTIONS, ast.ClassDef)) else names_given(node)
        yield from (each for each in found if not each.startswith("_"))


@pytest.mark.parametrize(
    "source",
    [
        "def share(): ...",
        "async def share(): ...",
        "class share: ...",
        "share = 1",
        "share: int = 1",
        "first, (share, *rest) = SHARES",
        "if FAST:\n    pass\nelse:\n    def share(): ...",
        "try:\n    from fast import share_out\nexcept ImportError:\n    def share(): ...",
        "with open(path) as file:\n    share = file.read()",
        "for one in SHARES:\n    share = one",
        "match KIND:\n    case 1:\n        share = 1",
        "@main.command()\ndef share(): ...",
        "@pages.get('/share')\ndef share(): ...",
        "@operation('GET', '/share', Share)\ndef share(): ...",
    ],
)
def test_every_way_of_giving_a_public_name_is_seen(source):
    assert "share" in public_names(ast.parse(source))


# Filled while modules are loaded, with what stands in their source, and by nobody later.
REGISTRIES = ["web/api/operations.py: OPERATIONS: list[Operation] = []"]


def test_a_module_keeps_nothing_of_plans_or_data():
    """Such results hang on the plan or the data (`memo`), or in a bounded cache of the service, and go with them."""
    assert kept_by_modules(trees()) == REGISTRIES


@pytest.mark.parametrize(
    "source",
    [
        "known = {}",
        "known: dict[str, Plan] = dict()",
        "known = set()",
        "known = []",
        "known = deque(maxlen=8)",
        "known = defaultdict(list)",
        "known = LRUCache(32)",
        "known = cachetools.TTLCache(32, 60)",
        "known = Cache()",
        "known = WeakValueDictionary()",
        "known = threading.local()",
        "known = ContextVar('known')",
        "known = lru_cache(maxsize=8)(make_plan)",
        "if FAST:\n    known = {}",
        "try:\n    pass\nexcept OSError:\n    known = {}",
        "known = {'': None}\ndef f(plan):\n    known[plan.id] = plan",
        "known = {'': None}\nasync def f(plan):\n    known.setdefault(plan.id, plan)",
        "known = [None]\ndef f(plan):\n    known[0] = plan",
        "known = dict(start)\ndef f(plan):\n    del known[plan.id]",
        "_last = None\ndef f(plan):\n    global _last\n    _last = plan",
        "class Plans:\n    known = {}",
        "class Plans:\n    known = {'': 1}\n    def f(self, plan):\n        self.known[plan.id] = plan",
        "class Plans:\n    last = None\n    @classmethod\n    def f(cls, plan):\n        cls.last = plan",
        "@dataclass\nclass Plans:\n    known: ClassVar[dict] = {}",
        "class Plans(NamedTuple):\n    known: list = []",
        "def f(plan):\n    f.last = plan",
        "from agriplan.engine import plan as plans\ndef f(plan):\n    plans.LAST = plan",
        "def f(plan, known={}):\n    return known.setdefault(plan.id, plan)",
        "def f(plan, *, known=LRUCache(8)):\n    return known",
        "@cache\ndef f(code: str): ...",
        "@lru_cache(maxsize=None)\ndef f(code: str): ...",
        "@lru_cache(maxsize=8)\ndef f(plan: Plan): ...",
        "@functools.lru_cache(maxsize=8)\ndef f(plan): ...",
        "@lru_cache\ndef f(code: str, *, plan: Plan): ...",
        "@lru_cache\ndef f(plan: Plan, /, code: str): ...",
        "@lru_cache\ndef f(*plans: Plan): ...",
        "@lru_cache\ndef f(**plans: Plan): ...",
        "@lru_cache\nasync def f(code: str): ...",
        "class Plan:\n    @lru_cache(maxsize=8)\n    def f(self, code: str): ...",
        "@cached(LRUCache(32))\ndef f(code: str): ...",
        "@cachedmethod(lambda self: self.known)\ndef f(self): ...",
    ],
)
def test_whatever_a_module_could_keep_plans_in_is_found(source):
    assert kept_by_modules({"module.py": ast.parse(source)})


@pytest.mark.parametrize(
    "source",
    [
        "RULES = {'by_shares': by_shares}\ndef f(rule):\n    return RULES[rule]",
        "NAMES = frozenset()",
        "@cache\ndef f(): ...",
        "@lru_cache(maxsize=8)\ndef f(code: str, year: int, *, path: Path): ...",
        "@dataclass(frozen=True)\nclass Plan:\n    memo: dict = field(default_factory=dict)",
        "class Scenario(BaseModel):\n    growth: dict[str, float] = {}",
        "class A:\n    def __init__(self):\n        self.known = {}\n    def f(self, one):\n        self.known[1] = 1",
        "NAMES = ['a']\ndef f():\n    NAMES = []\n    NAMES.append('b')",
    ],
)
def test_what_stays_as_it_was_written_or_belongs_to_a_thing_is_no_cache(source):
    assert kept_by_modules({"module.py": ast.parse(source)}) == []


def test_a_module_of_pages_has_addresses_or_is_used_by_one_that_has():
    folder = "web/pages/"
    modules = {name: set(imports_of(tree)) for name, tree in trees().items() if name.startswith(folder)}
    used = set().union(*modules.values())
    alone = [name for name in modules if not _has_addresses(trees()[name]) and f"agriplan.{_dotted(name)}" not in used]
    assert [name for name in alone if not name.endswith("__init__.py")] == []
    assert len([name for name in modules if not _has_addresses(trees()[name])]) > 5


def _dotted(name):
    return name.removesuffix(".py").replace("/", ".")


def _has_addresses(tree):
    asked = (each for node in tree.body if isinstance(node, FUNCTIONS) for each in node.decorator_list)
    return any(ast.unparse(each).startswith("pages.") for each in asked)


def test_pure_modules_read_no_file_and_no_clock():
    pure = [name for name in FILES if name.startswith("engine/")]
    assert len(pure) > 10
    for name in ["rounding.py", "forecast/growth.py", *pure]:
        assert not set(imported(trees()[name])) & {"pathlib", "os", "io", "datetime", "time", "random"}, name
        names = {node.id for node in within(trees()[name]) if isinstance(node, ast.Name)}
        assert not names & {"open", "print", "input"}, name


def test_a_sentence_says_the_same_in_both_languages():
    assert len(catalogue()) > 1000
    amiss = [f"{code} {fault}" for code, sentence in catalogue().items() for fault in _differences(code, sentence)]
    assert amiss == []


def _differences(code, sentence):
    if set(sentence) != set(LANGS):
        yield f"is said in {sorted(sentence)}"
        return
    # "area_zh" in Chinese is "area_en" in English.
    first, second = ({_base(part[1]) for part in Formatter().parse(sentence[lang]) if part[1]} for lang in LANGS)
    if first != second:
        yield f"names {sorted(first ^ second)} in one language only"
    # An axis that needs no title has none in either language.
    if len({bool(sentence[lang].strip()) for lang in LANGS}) > 1:
        yield "is empty in one language only"
    elif not sentence["zh"].strip() and not code.startswith("axis."):
        yield "is empty"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ({"zh": "甲"}, "a.b is said in ['zh']"),
        ({"zh": "{area_zh}", "en": "{year}"}, "a.b names ['area', 'year'] in one language only"),
        ({"zh": "甲", "en": " "}, "a.b is empty in one language only"),
        ({"zh": "", "en": ""}, "a.b is empty"),
    ],
)
def test_a_sentence_that_is_amiss_is_named_and_why(sentence, told):
    assert [f"a.b {fault}" for fault in _differences("a.b", sentence)] == [told]


def _base(placeholder):
    return "name" if placeholder in LANGS else placeholder.removesuffix("_zh").removesuffix("_en")


def test_every_reason_of_a_share_and_every_problem_of_wording_is_known():
    words = {
        node.value for tree in trees().values() for node in within(tree) if isinstance(node, ast.Constant)
    }  # fmt: skip
    unused = [code for code in catalogue() if code.startswith(("problem.", "reason.")) and _word(code) not in words]
    assert [code for code in unused if code not in words] == [], "sentences of agriplan/wording/ that nobody says"


def _word(code):
    return code.partition(".")[2]


def test_the_rules_a_planner_may_name_are_functions_of_one_shape_each_with_its_meaning():
    assert tuple(RULES) == get_args(RuleName)
    assert all(rule.__doc__ and rule.__annotations__.keys() == {"leagues", "return"} for rule in RULES.values())
