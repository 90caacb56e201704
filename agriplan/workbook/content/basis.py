"""The sheet of grounds (依据): what the plan says, whom it names, and how the figures are worked out, in words."""

from collections.abc import Sequence

from agriplan.baselines.commitments import Commitment, Direction, Project, Quoted
from agriplan.baselines.records import Source
from agriplan.sentences import COMMAS
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.data import figures_of, source_numbers
from agriplan.workbook.content.entries import make_cells, make_table, numbered_table
from agriplan.workbook.description import Sheet, Table

METHOD_TEXTS = (
    "projection", "growth", "gap", "allocation", "issue", "milestones", "monitoring", "probability", "grades",
)  # fmt: skip
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
            {part: [context.text(f"method.{name}.{part}") for name in METHOD_TEXTS] for part in ("name", "text")},
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
        **context.said_of(each, name=Commitment.name, unit=Commitment.unit, belt_quote=Commitment.belt_quotation),
        "target": [commitment.target for commitment in each],
        **_quoted(context, each),
        "belts": list(belts),
        "named": [int(context.is_region or context.area.code in commitment.leagues) for commitment in each],
    }
    return make_table([commitment.id for commitment in each], values)


def _directions(context: BookContext) -> Table:
    each = [one for one in context.data.directions if context.is_region or context.area.code in one.leagues]
    values = {**context.said_of(each, name=Direction.name), **_quoted(context, each)}
    return make_table([direction.id for direction in each], values)


def _quoted(context: BookContext, each: Sequence[Commitment | Direction]) -> dict[str, list[object]]:
    """The source's own words, the leagues that they name, and how they name them."""
    return {
        **context.said_of(each, quote=Quoted.quotation),
        "naming": [context.word(f"naming.{one.named_basis}") for one in each],
        "leagues": [_names(context, one.leagues) for one in each],
    }


def _projects(context: BookContext) -> Table:
    each = [one for one in context.data.projects if context.is_region or context.area.code in one.leagues]
    values: dict[str, list[object]] = {
        **context.said_of(each, name=Project.name),
        "supports": [
            COMMAS[context.lang].join(context.short_names[name] for name in project.supports) for project in each
        ],
        "leagues": [_names(context, project.leagues) for project in each],
    }
    if not each:
        # A table that is only heads would look as if something were lacking.
        values = {"name": [None], "supports": [context.text("table.none")], "leagues": [None]}
    return numbered_table(values)


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
        **context.said_of(each, quote=Quoted.quotation),
    }
    return numbered_table(values)


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
        **context.said_of(each, title=Source.title, publisher=Source.publisher),
        "date": [one.date for one in each],
        "address": [one.address for one in each],
        "how_far_read": [context.text(f"read.{one.how_far_read}") for one in each],
    }
    return make_table([one.source for one in each], values)
