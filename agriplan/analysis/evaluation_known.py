"""What a figure of the as-of year rests on, in words: the last one that was reported, and the unit value behind it."""

from collections.abc import Iterator

import numpy as np

from agriplan.analysis.evaluation import Evaluation
from agriplan.analysis.evaluation_ahead import EvaluationRow
from agriplan.analysis.uncounted import uncounted_figures, why_not_counted
from agriplan.analysis.unit_words import carried_in_words, unit_of_differences
from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Indicator
from agriplan.engine.last_known import LastKnown, last_quantity, last_unit_value
from agriplan.formatting import print_number, unit_behind
from agriplan.sentences import SEMICOLONS, Lang, listed, say


def last_figure(evaluation: Evaluation, commitment: Commitment, code: str) -> LastKnown:
    """The last figure of an area up to the as-of year, as it was said: that of the very year, or carried on to it."""
    issued, actuals = evaluation.issued, evaluation.rebased.actuals
    return last_quantity(commitment, issued.scenario, issued.baselines, code, actuals, evaluation.as_of)


def carried_from(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> str:
    """From which year's figure an estimate is carried on; the region's rests on later reports of leagues too.

    And by which unit value that was reported since: it moves a value as much as its growth does.
    """
    issued, year = evaluation.issued, last_figure(evaluation, commitment, code).year
    data = issued.baselines
    leagues = data.leagues if code == data.region.code else ()
    since = any(last_figure(evaluation, commitment, league.code).year > year for league in leagues)
    told = say("evaluation.carried_from_and_since" if since else "evaluation.carried_from", lang, last_year=year)
    actuals = evaluation.rebased.actuals
    known = last_unit_value(commitment, issued.scenario, data, actuals, evaluation.as_of)
    if commitment.unit_value is None or known is None or known.year <= year:
        return told
    return say(
        "evaluation.carried_from_by_price", lang, carried=told, **_price_words(data, commitment.unit_value, known, lang)
    )


def _price_words(data: Baselines, unit_value: str, known: LastKnown, lang: Lang) -> dict[str, str]:
    """A unit value with its year, unit and grade."""
    price = data.indicators[unit_value]
    return {
        "price_name": price.name(lang),
        "price": print_number(known.value, price.decimals),
        "price_year": str(known.year),
        "price_unit": unit_behind(price.unit(lang), lang),
        "price_grade": say(f"grade.{known.grade}", lang),
    }


def known_as(evaluation: Evaluation, commitment: Commitment, code: str, lang: Lang) -> str:
    """What nobody has said of the as-of year: any figure, or, beside one that does not count, one that does."""
    said = uncounted_figures(evaluation.issued)
    keys = ((one, code, evaluation.as_of) for one in (commitment.id, commitment.quantity))
    return say(f"evaluation.known_as.{'comparable' if any(key in said for key in keys) else 'any'}", lang)


def aside_words(evaluation: Evaluation, commitment: Commitment, lang: Lang) -> dict[str, str]:
    """What leagues have reported of the as-of year that does not count, with why; and that none counts."""
    set_aside = list(_set_aside(evaluation, commitment, lang))
    told = say("evaluation.aside", lang, listed=SEMICOLONS[lang].join(set_aside)) if set_aside else ""
    none = "evaluation.nobody_counted" if set_aside else "evaluation.nobody"
    return {"aside": told, "none": say(none, lang, year=str(evaluation.as_of))}


def _set_aside(evaluation: Evaluation, commitment: Commitment, lang: Lang) -> Iterator[str]:
    issued, standing = evaluation.issued, evaluation.rebased.standings[commitment.id]
    data, uncounted = issued.baselines, uncounted_figures(issued)
    for at, league in enumerate(data.leagues):
        keys = ((name, league.code, evaluation.as_of) for name in (commitment.id, commitment.quantity))
        one = next((uncounted[key] for key in keys if key in uncounted), None)
        if standing.reported[at]:
            why = [say("evaluation.aside_without_base", lang)] if np.isnan(standing.leagues[at]) else []
        else:
            why = [*why_not_counted(data, one.basis, one.definition, one.price_year, lang)] if one else []
        if why:
            yield say("evaluation.aside_of", lang, league=league.name(lang), why=listed(why, lang))


def _unknown_unit_value(evaluation: Evaluation, price: Indicator, lang: Lang) -> str:
    """That nobody has said the as-of year's unit value, or what was said and why it does not count."""
    data, name, year = evaluation.issued.baselines, price.name(lang), str(evaluation.as_of)
    one = uncounted_figures(evaluation.issued).get((price.indicator, data.region.code, evaluation.as_of))
    if one is None:
        return say("evaluation.price_unknown", lang, year=year, price_name=name)
    return say(
        "evaluation.price_uncounted",
        lang,
        year=year,
        price_name=name,
        value=print_number(one.value, price.decimals),
        price_unit=unit_behind(price.unit(lang), lang),
        why=listed(why_not_counted(data, one.basis, one.definition, one.price_year, lang), lang),
    )


def unit_value_words(
    evaluation: Evaluation, commitment: Commitment, row: EvaluationRow, known: LastKnown | None, lang: Lang
) -> dict[str, str]:
    """What a value was worked out from; nothing where it was reported itself."""
    if commitment.unit_value is None or known is None or not row["grade"]:
        return {}
    data = evaluation.issued.baselines
    price_growth = float(evaluation.issued.by_indicator[commitment.id]["unit_value_growth"])
    price, quantity = (data.indicators[one] for one in (commitment.unit_value, commitment.quantity))
    return {
        "quantity": quantity.name(lang),
        **_price_words(data, commitment.unit_value, known, lang),
        "price_unknown": _unknown_unit_value(evaluation, price, lang),
        "price_now": print_number(row["unit_value"], price.decimals),
        "price_carried": carried_in_words(price_growth, lang, evaluation.as_of - known.year),
        "grade": say(f"grade.{row['grade']}", lang),
    }


def beside_kept(row: EvaluationRow, commitment: Commitment, decimals: int, lang: Lang) -> str:
    """That a sum of targets leaves out what leagues past theirs keep beyond them; nothing where none does."""
    if not row["printed_kept"] > 0:
        return ""
    kept = print_number(row["printed_kept"], decimals)
    return say("evaluation.beside_kept", lang, kept=kept, unit=unit_of_differences(commitment, lang))
