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
        "statements": _statements(making),
        "methods": make_table(
            METHODS,
            {
                "name": [making.text(f"method.{name}.name") for name in METHODS],
                "text": [making.text(f"method.{name}.text") for name in METHODS],
            },
        ),
        "sources": _sources(making),
    }
    quoted = making.data.quoted
    cells = {
        "follow_up": follow_up.quotation(making.lang) if follow_up else None,
        "follow_up_by": follow_up.said_by(making.lang) if follow_up else None,
        "quoted_by": quoted.said_by(making.lang) if quoted else None,
    }
    return Sheet("basis", "basis", make_cells(cells), tables)


def _names(making: Making, codes: tuple[str, ...]) -> str:
    return COMMAS[making.lang].join(making.data.areas[code].name(making.lang) for code in codes)


def _commitments(making: Making) -> Table:
    each = making.data.commitments
    joint, colon = ("; ", ": ") if making.lang == "en" else ("；", "：")
    belts = [
        joint.join(
            f"{place.name(making.lang)}{colon}{_names(making, place.codes)}"
            for place in making.data.belts_of(commitment)
        )
        for commitment in each
    ]
    values: dict[str, list[object]] = {
        "name": [commitment.name(making.lang) for commitment in each],
        "target": [commitment.target for commitment in each],
        "unit": [commitment.unit(making.lang) for commitment in each],
        "quote": [commitment.quotation(making.lang) for commitment in each],
        "belt_quote": [commitment.belt_quotation(making.lang) for commitment in each],
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
        "quote": [direction.quotation(making.lang) for direction in each],
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


def _statements(making: Making) -> Table:
    each = making.data.statements
    names = {one.id: one.name(making.lang) for one in making.data.commitments}
    names |= {one.id: one.name(making.lang) for one in making.data.directions}
    values: dict[str, list[object]] = {
        "topic": [making.text(f"topic.{one.topic}") for one in each],
        "about": [COMMAS[making.lang].join(names[name] for name in one.about) for one in each],
        "quote": [one.quotation(making.lang) for one in each],
    }
    return make_table([str(number) for number in range(1, len(each) + 1)], values)


def _sources(making: Making) -> Table:
    each = making.data.source_list
    values: dict[str, list[object]] = {
        "source": [one.source for one in each],
        "title": [one.title(making.lang) for one in each],
        "publisher": [one.publisher(making.lang) for one in each],
        "date": [one.date for one in each],
        "address": [one.address for one in each],
        "how_far_read": [making.text(f"read.{one.how_far_read}") for one in each],
    }
    return make_table([one.source for one in each], values)
