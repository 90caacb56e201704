"""Examples in docstrings run."""

import doctest
import importlib

import pytest
from test_architecture import FILES, PACKAGE

MODULES = [
    name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for name, file in FILES.items()
    if ">>> " in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    results = doctest.testmod(importlib.import_module(f"{PACKAGE.name}.{name}"))
    assert results.attempted > 0
    assert results.failed == 0
