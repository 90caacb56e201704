"""The sheet of an evaluation (评估): the region by indicator, and its named leagues or the workbook's own league."""

from agriplan.analysis.evaluation_rows import EXPECTED_BANDS, WARNED_BANDS
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.records import Area
from agriplan.engine.standing import LEAST_FACTOR, MOST_FACTOR
from agriplan.forecast.attainment import EDGE_PLACES
from agriplan.forecast.intervals import BANDS, NORMAL_SHAPE
from agriplan.workbook import formulas
from agriplan.workbook.content.context import BookContext
from agriplan.workbook.content.entries import make_cells, make_table
from agriplan.workbook.content.standing import told_of_area
from agriplan.workbook.description import Sheet, Table


def describe_evaluation(context: BookContext) -> Sheet:
    """The sheet `evaluation`."""
    far, near, *_ = (float(abs(shape)) for shape in NORMAL_SHAPE[EDGE_PLACES])
    values = {
        "least_factor": LEAST_FACTOR,
        "most_factor": MOST_FACTOR,
        "shape_far": far,
        "shape_near": near,
        # The likeliest band is the one of which the target has passed no edge.
        "warned_from": min(_edges_passed(band) for band in WARNED_BANDS),
        "expected_to": max(_edges_passed(band) for band in EXPECTED_BANDS),
    }
    tables = {"region": _region(context), "areas": _areas(context)}
    return Sheet("evaluation", "evaluation", make_cells(values, formulas.EVALUATION), tables)


def _edges_passed(band: str) -> int:
    return len(BANDS) - 1 - BANDS.index(band)


def _region(context: BookContext) -> Table:
    commitments = context.data.commitments
    values: dict[str, list[object]] = {
        "indicator": [one.name(context.lang) for one in commitments],
        "unit": [one.unit(context.lang) for one in commitments],
        "is_rate": [one.kind == "rate" for one in commitments],
        "named": [1] * len(commitments),
        "passed": [0] * len(commitments),
    }
    texts = formulas.evaluated_region(context.data.base_year, context.steps)
    filled = formulas.fill_in(texts, REGION=context.data.region.code)
    return make_table([one.id for one in commitments], values, filled)


def _areas(context: BookContext) -> Table:
    """The named leagues by indicator; of a league's workbook the league itself, named or not."""
    data = context.data
    pairs, told = _pairs(context), told_of_areas(context)
    values: dict[str, list[object]] = {
        "indicator": [one.name(context.lang) for one, _ in pairs],
        "unit": [one.unit(context.lang) for one, _ in pairs],
        "area": [league.name(context.lang) for _, league in pairs],
        "is_rate": [one.kind == "rate" for one, _ in pairs],
        "named": [league.code in one.leagues for one, league in pairs],
        "fastest_growth": [None] * len(pairs),
        **told,
    }
    texts = formulas.evaluated_areas(data.base_year, context.steps, of_region=context.is_region)
    keys = [f"{one.id}.{league.code}" for one, league in pairs]
    return make_table(keys, values, texts, varies=dict.fromkeys(told, "number"))


def _pairs(context: BookContext) -> list[tuple[Commitment, Area]]:
    return [
        (one, league)
        for one in context.data.commitments
        for league in context.data.leagues
        if (league.code in one.leagues if context.is_region else league.code == context.area.code)
    ]


def told_of_areas(context: BookContext) -> dict[str, list[object]]:
    """What the data say of the leagues' figures of the years."""
    rows = [told_of_area(context, one, league.code) for one, league in _pairs(context)]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
