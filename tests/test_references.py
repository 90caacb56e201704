"""Where a file of a plan names what another file defines, another word is refused and the right code is named."""

import csv
import re
import shutil
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from bad_data import SHIPPED, broken_copy
from pydantic import BaseModel

from agriplan.baselines.csv_table import csv_text
from agriplan.baselines.files import FILES
from agriplan.baselines.folder import read_baselines
from agriplan.baselines.missing import NAME
from agriplan.errors import BaselinesError


def references(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a record, and of what stands in it, that name what another file defines."""
    for name, field in model.model_fields.items():
        if "reference" in field.metadata or is_reference(field.annotation):
            yield name
        yield from (each for inner in models_in(field.annotation) for each in references(inner))


def is_reference(annotation: Any) -> bool:
    return "reference" in getattr(annotation, "__metadata__", ()) or any(map(is_reference, get_args(annotation)))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    yield from (inner for part in get_args(annotation) for inner in models_in(part))


# The places in which the rows of missing.csv stand are those of the files that they are for; places.csv names several.
REFERENCES = sorted({(file, name) for file, model in FILES.items() for name in references(model)} - {(NAME, "id")})


@pytest.fixture(scope="module")
def called(baselines):
    """The shipped plan's codes and their Chinese names."""
    named = [*baselines.by_id.items(), *baselines.areas.items(), *baselines.indicators.items()]
    named += [*baselines.header.bases.items(), *((one.id, one) for one in baselines.balances.coefficient)]
    return {code: thing.name_zh for code, thing in named} | {one.source: one.title_zh for one in baselines.source_list}


def put_the_name(folder, file, name, called):
    """Put a name where the file first has a code in that field; give the code."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if file.endswith(".toml"):
        found = next(one for one in re.finditer(rf'\b{name} = \[?"(\w[\w-]*)"', text) if one[1] in called)
        path.write_text(text[: found.start(1)] + called[found[1]] + text[found.end(1) :], encoding="utf-8")
        return found[1]
    header, *rows = csv.reader(text.splitlines())
    at = header.index(name)
    row = next(row for row in rows if row[at] in called)
    code, row[at] = row[at], called[row[at]]
    path.write_text(csv_text([header, *rows]), encoding="utf-8")
    return code


@pytest.mark.parametrize(("file", "name"), REFERENCES)
def test_a_name_in_place_of_a_code_is_refused_and_the_code_is_named(file, name, tmp_path, called):
    folder = shutil.copytree(SHIPPED, tmp_path / "copy")
    code = put_the_name(folder, file, name, called)
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert [(one.place.partition(":")[0], one.suggestion) for one in caught.value.problems] == [(file, code)]


def test_names_of_leagues_in_a_place_are_refused_with_their_codes(tmp_path):
    change = {
        "file": "places.csv",
        "find": "嫩江流域,Nen River basin,150700",
        "put": "嫩江流域,Nen River basin,呼伦贝尔市",
    }
    with pytest.raises(BaselinesError) as caught:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [change]))
    assert [(one.place, one.suggestion) for one in caught.value.problems] == [("places.csv:3: leagues", "150700")]


@pytest.mark.parametrize("what", ["target", "quote"])
def test_what_is_filled_in_for_a_commitment_that_there_is_not_is_not_passed_over(what, tmp_path):
    folder = shutil.copytree(SHIPPED, tmp_path / "copy")
    (folder / NAME).write_text(f"what,id,value\n{what},mlik,1000\n", encoding="utf-8")
    with pytest.raises(BaselinesError) as caught:
        read_baselines(folder)
    assert [(one.place, one.suggestion) for one in caught.value.problems] == [("missing.csv:2: id", "milk")]


def test_a_plan_with_one_basis_need_not_name_it_but_has_to_name_every_other(tmp_path):
    text = re.sub(r"(?ms)^\[bases\..*?(?=^\[|^#)", "", (SHIPPED / "plan.toml").read_text(encoding="utf-8"))
    change = {"file": "plan.toml", "whole": text}
    with pytest.raises(BaselinesError) as caught:
        read_baselines(broken_copy(SHIPPED, tmp_path / "copy", [change]))
    assert {one.values["word"] for one in caught.value.problems} == {"pre-census-2016", "local"}
