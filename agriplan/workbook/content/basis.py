"""The sheet of grounds (依据): what the plan says, whom it names, and how the figures are worked out, in words."""

from agriplan.sentences import COMMAS
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.making import Making
from agriplan.workbook.description import Sheet, Table

METHODS = ("projection", "growth", "gap", "allocation", "issue", "milestones", "monitoring", "probability", "grades")


def describe_basis(making: Making) -> Sheet:
    """The sheet `basis`."""
    follow_up = making.data.follow_up
    tables = {
        "commitments": _commitments(making),
        "directions": _directions(making),
        "projects": _projects(making),
        "methods": make_table(
            METHODS,
            {
                "name": [making.text(f"method.{name}.name") for name in METHODS],
                "text": [making.text(f"method.{name}.text") for name in METHODS],
            },
        ),
        "sources": _sources(making),
    }
    return Sheet("basis", "basis", make_cells({"follow_up": follow_up.quote if follow_up else None}), tables)


def _names(making: Making, codes: tuple[str, ...]) -> str:
    return COMMAS[making.lang].join(making.data.areas[code].name(making.lang) for code in codes)


def _commitments(making: Making) -> Table:
    each = making.data.commitments
    belts = [
        ";".join(f"{belt}:{_names(making, codes)}" for belt, codes in commitment.belts.items()) for commitment in each
    ]
    values: dict[str, list[object]] = {
        "name": [commitment.name(making.lang) for commitment in each],
        "target": [commitment.target for commitment in each],
        "unit": [commitment.unit(making.lang) for commitment in each],
        "quote": [commitment.quote for commitment in each],
        "belt_quote": [commitment.belt_quote for commitment in each],
        "naming": [making.word(f"naming.{commitment.named_basis}") for commitment in each],
        "leagues": [_names(making, commitment.leagues) for commitment in each],
        "belts": list(belts),
        "named": [int(making.is_region or making.area.code in commitment.leagues) for commitment in each],
    }
    return make_table([commitment.id for commitment in each], values)


def _directions(making: Making) -> Table:
    each = [one for one in making.data.directions if making.is_region or making.area.code in one.leagues]
    values: dict[str, list[object]] = {
        "name": [direction.name(making.lang) for direction in each],
        "quote": [direction.quote for direction in each],
        "naming": [making.word(f"naming.{direction.named_basis}") for direction in each],
        "leagues": [_names(making, direction.leagues) for direction in each],
    }
    return make_table([direction.id for direction in each], values)


def _projects(making: Making) -> Table:
    each = [one for one in making.data.projects if making.is_region or making.area.code in one.leagues]
    values: dict[str, list[object]] = {
        "name": [project.name(making.lang) for project in each],
        "supports": [
            COMMAS[making.lang].join(making.data.by_id[name].name(making.lang) for name in project.supports)
            for project in each
        ],
        "leagues": [_names(making, project.leagues) for project in each],
    }
    return make_table([str(number) for number in range(1, len(each) + 1)], values)


def _sources(making: Making) -> Table:
    frame = making.data.sources
    columns = ("source", "title", "publisher", "date", "address", "how_far_read")
    return make_table(frame["source"].tolist(), {name: frame[name].tolist() for name in columns})
