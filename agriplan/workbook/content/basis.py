"""The sheet of grounds (依据): what the plan says, whom it names, and how the figures are worked out, in words."""

from agriplan.sentences import COMMAS
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.data import figures_of, source_numbers
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.description import Sheet, Table

METHOD_TEXTS = (
    "projection",
    "growth",
    "gap",
    "allocation",
    "issue",
    "milestones",
    "monitoring",
    "probability",
    "grades",
)


# So many names of leagues are what a cell can show.
MANY = 12


def describe_basis(context: BookContext) -> Sheet:
    """The sheet `basis`."""
    follow_up = context.data.follow_up
    tables = {
        "commitments": _commitments(context),
        "directions": _directions(context),
        "projects": _projects(context),
        "statements": _statements(context),
        "methods": make_table(
            METHOD_TEXTS,
            {
                "name": [context.text(f"method.{name}.name") for name in METHOD_TEXTS],
                "text": [context.text(f"method.{name}.text") for name in METHOD_TEXTS],
            },
        ),
        "sources": _sources(context),
    }
    quoted = context.data.quoted
    cells = {
        "follow_up": follow_up.quotation(context.lang) if follow_up else None,
        "follow_up_by": follow_up.said_by(context.lang) if follow_up else None,
        "quoted_by": quoted.said_by(context.lang) if quoted else None,
    }
    return Sheet("basis", "basis", make_cells(cells), tables)


def _names(context: BookContext, codes: tuple[str, ...]) -> str:
    """Leagues by name; where all of very many are meant, how many there are says more than a cell of names."""
    if len(codes) > MANY and set(codes) == set(context.data.league_codes):
        return context.text("leagues.all", count=len(codes))
    return COMMAS[context.lang].join(
        area.name(context.lang) for code, area in context.data.areas.items() if code in codes
    )


def _commitments(context: BookContext) -> Table:
    each = context.data.commitments
    joint, colon = ("; ", ": ") if context.lang == "en" else ("；", "：")
    belts = [
        joint.join(
            f"{place.name(context.lang)}{colon}{_names(context, place.codes)}"
            for place in context.data.belts_of(commitment)
        )
        for commitment in each
    ]
    values: dict[str, list[object]] = {
        "name": [commitment.name(context.lang) for commitment in each],
        "target": [commitment.target for commitment in each],
        "unit": [commitment.unit(context.lang) for commitment in each],
        "quote": [commitment.quotation(context.lang) for commitment in each],
        "belt_quote": [commitment.belt_quotation(context.lang) for commitment in each],
        "naming": [context.word(f"naming.{commitment.named_basis}") for commitment in each],
        "leagues": [_names(context, commitment.leagues) for commitment in each],
        "belts": list(belts),
        "named": [int(context.is_region or context.area.code in commitment.leagues) for commitment in each],
    }
    return make_table([commitment.id for commitment in each], values)


def _directions(context: BookContext) -> Table:
    each = [one for one in context.data.directions if context.is_region or context.area.code in one.leagues]
    values: dict[str, list[object]] = {
        "name": [direction.name(context.lang) for direction in each],
        "quote": [direction.quotation(context.lang) for direction in each],
        "naming": [context.word(f"naming.{direction.named_basis}") for direction in each],
        "leagues": [_names(context, direction.leagues) for direction in each],
    }
    return make_table([direction.id for direction in each], values)


def _projects(context: BookContext) -> Table:
    each = [one for one in context.data.projects if context.is_region or context.area.code in one.leagues]
    values: dict[str, list[object]] = {
        "name": [project.name(context.lang) for project in each],
        "supports": [
            COMMAS[context.lang].join(context.short_names[name] for name in project.supports) for project in each
        ],
        "leagues": [_names(context, project.leagues) for project in each],
    }
    if not each:
        # A table that is only heads would look as if something were lacking.
        values = {"name": [None], "supports": [context.text("table.none")], "leagues": [None]}
    return make_table([str(number) for number in range(1, len(values["supports"]) + 1)], values)


def _statements(context: BookContext) -> Table:
    """What else the source says; in a league's file, of everybody and of what it is named for."""
    data, code = context.data, context.area.code
    own = {one.id for one in data.commitments if code in one.leagues}
    own |= {one.id for one in data.directions if code in one.leagues}
    each = [one for one in data.statements if context.is_region or not one.about or own & set(one.about)]
    names = context.short_names | {one.id: one.name(context.lang) for one in context.data.directions}
    values: dict[str, list[object]] = {
        "topic": [context.text(f"topic.{one.topic}") for one in each],
        "about": [COMMAS[context.lang].join(names[name] for name in one.about) for one in each],
        "quote": [one.quotation(context.lang) for one in each],
    }
    return make_table([str(number) for number in range(1, len(each) + 1)], values)


def _sources(context: BookContext) -> Table:
    """The sources of the figures, quotations and coefficients in this file, numbered as in the region's."""
    data = context.data
    cited = {*map(str, figures_of(context)["source"]), *(one.source for one in data.balances.coefficient)}
    cited |= {data.quoted.source} if data.quoted else set()
    measured = {name for one in data.balances.balance for name in (one.stock, one.each)}
    rows = zip(*(data.observed[name] for name in ("indicator", "area", "source")), strict=True)
    cited |= {
        source for name, area, source in rows if name in measured and area in (data.region.code, context.area.code)
    }
    numbers = source_numbers(data)
    each = [one for one in data.source_list if context.is_region or one.source in cited]
    values: dict[str, list[object]] = {
        "number": [numbers[one.source] for one in each],
        "title": [one.title(context.lang) for one in each],
        "publisher": [one.publisher(context.lang) for one in each],
        "date": [one.date for one in each],
        "address": [one.address for one in each],
        "how_far_read": [context.text(f"read.{one.how_far_read}") for one in each],
    }
    return make_table([one.source for one in each], values)
