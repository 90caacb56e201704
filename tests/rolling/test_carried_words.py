"""What a new folder takes over from an old one: words of the field, never facts of another region or period.

Every text of every file is walked; what is carried is compared with the lists below, so that a new column or entry must
be decided on before it can be carried.
"""

import csv
import io
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from agriplan.baselines.folder import read_baselines
from agriplan.cli import main
from agriplan.places import baselines_folder

Texts = dict[tuple[str, str], set[str]]

# What things are called and counted in, codes and links: true of any plan with these indicators.
WORDS = {
    "indicators.csv": "indicator name_zh name_en unit_zh unit_en decimals upper",
    "leagues.csv": "kind order",
    "assumptions.csv": "indicator grade growth low high",
    "plan.toml": "basis bases.name_zh bases.name_en criterion.id criterion.name_zh criterion.name_en criterion.of "
    "criterion.per #",
    "commitments.toml": "commitment.id commitment.kind commitment.quantity commitment.unit_value commitment.herd "
    "commitment.short_en commitment.nature commitment.nature_basis commitment.name_zh commitment.name_en "
    "commitment.unit_zh commitment.unit_en commitment.comparison commitment.named_basis commitment.definition_zh "
    "commitment.definition_en",
    "sources.csv": "used_for how_far_read",
}
# What is said of the same region with its own years beside it, and stays true in its next period.
OF_THE_REGION = {
    "leagues.csv": "code name_zh name_en also",
    "plan.toml": "region.code region.name_zh region.name_en region.also",
    "commitments.toml": "commitment.leagues commitment.belts",
    "places.csv": "place_zh place_en leagues note_zh note_en",
    "observed.csv": "area indicator year value unit basis grade relative_error source note_zh note_en",
    "sources.csv": "source title_zh title_en publisher_zh publisher_en date address",
    "assumptions.csv": "area source note_zh note_en",
    "balances.toml": "coefficient.id coefficient.name_zh coefficient.name_en coefficient.unit_zh coefficient.unit_en "
    "coefficient.grade coefficient.source coefficient.note_zh coefficient.note_en yield.id yield.name_zh yield.name_en "
    "yield.of yield.per yield.unit_zh yield.unit_en yield.note_zh yield.note_en balance.about balance.stock "
    "balance.each fodder.about fodder.herd fodder.each fodder.stored.of fodder.stored.over #",
}


def leaves(entry: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a TOML file with where it stands."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from leaves(value, f"{path}.{key}".strip("."))
    elif isinstance(entry, list):
        for value in entry:
            yield from leaves(value, path)
    elif isinstance(entry, str):
        yield path, entry


def texts_of(folder: Path) -> Texts:
    """Every text of the files by file and field; a comment's field is #. missing.csv asks, and says nothing itself."""
    found: Texts = defaultdict(set)
    for file in folder.iterdir():
        if file.name in ("README.md", "missing.csv", "suggestions.csv", "backtest.csv"):
            continue
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".csv":
            for row in csv.DictReader(io.StringIO(text)):
                for name, cell in row.items():
                    found[file.name, name].add(cell)
        else:
            for path, word in leaves(tomllib.loads(text), ""):
                found[file.name, re.sub(r"^(bases)\.[^.]+", r"\1", path)].add(word)
            found[file.name, "#"] |= set(re.findall(r"(?m)(?:^|\s)(#.*)$", text))
    return {where: {word for word in words if word} for where, words in found.items()}


def carried(old: Texts, new: Texts) -> Texts:
    both = {where: words & new.get(where, set()) for where, words in old.items()}
    return {where: words for where, words in both.items() if words}


def listed(*lists: dict[str, str]) -> set[tuple[str, str]]:
    return {(file, field) for one in lists for file, fields in one.items() for field in fields.split()}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder made in each of the ways that leave something out."""
    into = tmp_path_factory.mktemp("made")
    areas = into / "areas.csv"
    areas.write_text("code,name_zh,name_en\n630200,海东市,Haidong\n630202,乐都区,Ledu\n630203,平安区,Pingan\n", "utf-8")
    ways = {
        "region": ["init", into / "region", "--region", areas],
        "region later": ["init", into / "region later", "--region", areas, "--base-year", "2025"],
        "years": ["init", into / "years", "--base-year", "2022", "--target-year", "2027"],
        "roll": ["roll", "-o", into / "roll", "--target-year", "2030"],
    }
    for words in ways.values():
        told = CliRunner().invoke(main, [str(word) for word in words])
        assert told.exit_code == 0, told.output
    return {way: into / way for way in ways}


@pytest.mark.parametrize("way", ["region", "region later"])
def test_another_region_is_given_words_of_the_field_only(folders: dict[str, Path], way: str) -> None:
    found = carried(texts_of(baselines_folder()), texts_of(folders[way]))
    assert set(found) - listed(WORDS) == set()
    data = read_baselines(baselines_folder())
    names = [name for one in data.areas.values() for name in (one.name_zh, one.name_en)]
    names += [name for one in data.places.values() for name in (one.place_zh, one.place_en)]
    fact = re.compile(
        "|".join(map(re.escape, names)) + r"|(?<!\d)(?:19|20)\d\d(?!\d)|\d+(?:\.\d+)? ?(?:%|万吨|亿元|元/)"
    )
    told = {where: {word for word in words if fact.search(word)} for where, words in found.items()}
    # The census of 2016, after which bases are called, was that of the whole country.
    bases = {("plan.toml", field) for field in ("basis", "bases.name_zh", "bases.name_en")}
    assert {where: words for where, words in told.items() if words and where not in bases} == {}


@pytest.mark.parametrize("way", ["roll", "years"])
def test_another_period_is_given_what_stays_true_of_the_region(folders: dict[str, Path], way: str) -> None:
    found = carried(texts_of(baselines_folder()), texts_of(folders[way]))
    assert set(found) - listed(WORDS, OF_THE_REGION) == set()
    figures = {
        word
        for field in ("definition_zh", "definition_en")
        for word in found["commitments.toml", f"commitment.{field}"]
    }
    assert len(figures) == 10
    assert [word for word in figures if re.search(r"\d", word)] == []


def test_no_list_names_what_the_shipped_folder_does_not_have() -> None:
    assert listed(WORDS, OF_THE_REGION) - set(texts_of(baselines_folder())) == set()


def test_every_text_of_a_commitment_is_either_carried_or_left_out_on_purpose(folders: dict[str, Path]) -> None:
    shipped, rolled = texts_of(baselines_folder()), texts_of(folders["roll"])
    here = {
        field.partition(".")[2]
        for file, field in shipped
        if file == "commitments.toml" and field.startswith("commitment.")
    }
    there = {
        field.partition(".")[2]
        for file, field in rolled
        if file == "commitments.toml" and field.startswith("commitment.")
    }
    notes = {f"{name}{end}" for name in ("quote", "belt_quote") for end in ("", "_en")}
    assert here - there == notes | {"definition_note_zh", "definition_note_en"}


def test_a_folder_for_the_same_years_is_not_called_the_next_period(folders: dict[str, Path]) -> None:
    for way, first in {"region": 2021, "region later": 2026, "years": 2023}.items():
        text = "".join((folders[way] / name).read_text("utf-8") for name in ("plan.toml", "commitments.toml"))
        assert not re.search("下一规划期|上一规划期|next period|last period", text), way
        assert f"（{first}—{first + 4}年，名称待定）" in text
        assumed = (folders[way] / "assumptions.csv").read_text("utf-8")
        assert "沿用原规划的增速建议" in assumed
        assert not re.search(r"沿用\d{4}", assumed)
    assert "下一规划期：2026—2030年" in (folders["roll"] / "plan.toml").read_text("utf-8")


def test_a_yield_of_later_years_loses_the_note_on_the_years_before(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(baselines_folder(), tmp_path / "plan"))
    observed = folder / "observed.csv"
    later = "150000,sheep_offtake,2024,7000,万只,post-census-2016,secondary,0.1,tuiguang2022,,\n"
    later += "150000,mutton_output,2024,110,万吨,post-census-2016,secondary,0.1,tuiguang2022,,\n"
    kept = re.sub(r"(?m)^150000,(?:sheep_offtake|mutton_output),2024,.*\n", "", observed.read_text("utf-8"))
    observed.write_text(kept + later, "utf-8")
    told = CliRunner().invoke(
        main, ["roll", "--baselines", str(folder), "--target-year", "2030", "-o", str(tmp_path / "next")]
    )
    assert told.exit_code == 0, told.output
    text = (tmp_path / "next" / "balances.toml").read_text("utf-8")
    mutton = next(one for one in tomllib.loads(text)["yield"] if one["id"] == "mutton_per_sheep")
    assert (mutton["of_year"], mutton["per_year"]) == (2024, 2024)
    assert "note_zh" not in mutton
    assert "note_en" not in mutton
    assert "note_zh" in text  # those of coefficients stay
