"""What a module would keep from one request to the next, read out of its source: caches, and names that change."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

# What a kept function may be asked with: texts and numbers, never anything that holds a plan or its data. `Key` is a
# look, `Meanings` are what names mean in any book, `_Compilable` holds a book without its values.
PLAIN = {"str", "int", "int | None", "float", "Path", "Key", "Meanings", "TakenPlaces", "_Compilable"}
# Things that are made to be filled; those of the second list are not made empty only to stay so.
CONTAINERS = {"dict", "list", "set", "bytearray", "Counter", "OrderedDict", "ChainMap", "UserDict", "UserList", "deque"}
FILLED_LATER = {"defaultdict", "local", "ContextVar", "WeakKeyDictionary", "WeakValueDictionary", "WeakSet"}
# Methods that change what they are called on.
CHANGING = {
    "append", "appendleft", "extend", "extendleft", "insert", "add", "update", "setdefault", "pop", "popitem",
    "popleft", "remove", "discard", "clear", "sort", "reverse", "difference_update", "intersection_update",
    "symmetric_difference_update", "move_to_end", "subtract", "set",
}  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Statements that hold others, which are run as if they stood there themselves.
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.Match)


def called(node: ast.AST) -> str:
    """The name of a function or decorator, however it is reached: `lru_cache`, `functools.lru_cache(maxsize=8)`."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The statements of a module or class, and those under `if`, `try`, `with` and the like."""
    for node in body:
        yield node
        if isinstance(node, _BLOCKS):
            for name in ("body", "orelse", "finalbody", "handlers", "cases"):
                for each in getattr(node, name, ()):
                    yield from statements([each] if isinstance(each, ast.stmt) else each.body)


def kept_by_modules(trees: Mapping[str, ast.Module]) -> list[str]:
    """All that is wrong: `module: what`."""
    changed = {each for tree in trees.values() for each in _changed_names(tree)}
    models = _models(trees.values())
    return [
        f"{name}: {what}"
        for name, tree in trees.items()
        for what in (
            *_containers(tree, changed, models),
            *_kept_functions(tree),
            *_attributes(tree),
            *(ast.unparse(node) for node in within(tree) if isinstance(node, ast.Global)),
            *_defaults(tree),
        )
    ]


@cache
def within(node: ast.AST) -> tuple[ast.AST, ...]:
    """All that stands in it, itself too: listed once, looked through often."""
    return tuple(ast.walk(node))


def _models(trees: Iterable[ast.Module]) -> set[str]:
    """The classes of pydantic, which give every instance a copy of what stands in the class."""
    classes = [node for tree in trees for node in within(tree) if isinstance(node, ast.ClassDef)]
    found = {"BaseModel"}
    while more := {one.name for one in classes if found & set(map(called, one.bases))} - found:
        found |= more
    return found


def _containers(tree: ast.Module, changed: set[str], models: set[str]) -> Iterator[str]:
    """Names of a module, and of its classes, that hold a cache or something to be filled, or that somebody changes."""
    classes = [node for node in within(tree) if isinstance(node, ast.ClassDef) and node.name not in models]
    for owner in (tree, *classes):
        for node in statements(owner.body):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)) or isinstance(node.value, (type(None), ast.Constant)):
                continue
            if _to_fill(node.value) or (names_given(node) & changed and not _is_field(node, owner)):
                yield ast.unparse(node).partition("\n")[0]


def _is_field(node: ast.Assign | ast.AnnAssign, owner: ast.Module | ast.ClassDef) -> bool:
    """Whether an assignment says what every instance has of its own."""
    if isinstance(owner, ast.Module) or isinstance(node, ast.Assign) or "ClassVar" in ast.unparse(node.annotation):
        return False
    kinds = {called(each) for each in (*owner.decorator_list, *owner.bases)}
    return bool(kinds & {"dataclass", "NamedTuple"})


def names_given(node: ast.AST) -> set[str]:
    """The names that an assignment gives; none of any other statement."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {part.id for target in targets for part in within(target) if isinstance(part, ast.Name)}


def _to_fill(value: ast.expr) -> bool:
    if isinstance(value, (ast.Dict, ast.List, ast.Set)):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    if not isinstance(value, ast.Call):
        return False
    name = called(value)
    empty = name in CONTAINERS and not value.args
    return empty or name in FILLED_LATER or name.lower().endswith(("cache", "memo", "cached"))


def _changed_names(tree: ast.Module) -> Iterator[str]:
    """Names that functions change by item, by method or in place and that are not their own; of `self.a`, a."""
    at_top = _at_top(tree)
    for function, target, whole in _targets(tree):
        if isinstance(target, ast.Name) and not whole and target.id in at_top - _bound(function):
            yield target.id
        elif isinstance(target, ast.Attribute) and (_root(target), whole) in {("self", False), ("cls", False)}:
            yield target.attr


def _attributes(tree: ast.Module) -> Iterator[str]:
    """What functions put on classes, functions, modules and other things that a module holds."""
    at_top = _at_top(tree) | {"cls"}
    for function, target, _ in _targets(tree):
        own = _bound(function) - {"cls"}
        if isinstance(target, ast.Attribute) and _root(target) in at_top - own:
            yield f"{function.name}: {ast.unparse(target)}"


def _at_top(tree: ast.Module) -> set[str]:
    """The names of a module: assigned, imported from the package, and its functions and classes."""
    found = {name for node in statements(tree.body) for name in names_given(node)}
    for node in within(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("agriplan"):
            found |= {alias.asname or alias.name for alias in node.names}
    return found | {node.name for node in statements(tree.body) if isinstance(node, (*FUNCTIONS, ast.ClassDef))}


def _targets(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, ast.expr, bool]]:
    """What functions change, and whether it is replaced: of `A[b] = c`, `A.append(c)` and `del A[b]`, A; of `A.b = c`,
    the whole of `A.b`."""
    for function in (node for node in within(tree) if isinstance(node, FUNCTIONS)):
        for node in within(function):
            if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)):
                for target in node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]:
                    if isinstance(target, (ast.Subscript, ast.Attribute)):
                        inner = isinstance(target, ast.Subscript)
                        yield function, target.value if inner else target, not inner
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
                yield function, node.func.value, False


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bound(function: ast.AST) -> set[str]:
    """Names that are a function's own: what it is given and what it assigns."""
    given = {node.arg for node in within(function) if isinstance(node, ast.arg)}
    stored = (node for node in within(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return given | {node.id for node in stored}


def _kept_functions(tree: ast.Module) -> Iterator[str]:
    """Functions whose answers are kept without a bound, or by more than plain values."""
    for node in (each for each in within(tree) if isinstance(each, FUNCTIONS)):
        given = node.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
        kinds = [ast.unparse(each.annotation) if each.annotation else each.arg for each in every]
        for decorator in node.decorator_list:
            name = called(decorator)
            without_bound = name == "cache" or (name == "lru_cache" and "maxsize=None" in ast.unparse(decorator))
            plain = set(kinds) <= PLAIN and not isinstance(node, ast.AsyncFunctionDef)
            # Without arguments it is a constant that is read late.
            if (name in {"cache", "lru_cache"} and not (plain and (not without_bound or not kinds))) or name in OTHERS:
                yield f"{node.name}({', '.join(kinds)})"


OTHERS = {"cached", "cachedmethod", "ttl_cache", "lfu_cache", "memoize"}


def _defaults(tree: ast.Module) -> Iterator[str]:
    """Defaults of parameters that keep what was put into them."""
    for node in (each for each in within(tree) if isinstance(each, (*FUNCTIONS, ast.Lambda))):
        for value in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            if isinstance(value, (ast.Dict, ast.List, ast.Set)) or _to_fill(value):
                yield f"{getattr(node, 'name', 'lambda')}: a default {ast.unparse(value)}"
