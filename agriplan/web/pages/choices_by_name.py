"""What a page tells of a wrong choice: the names that its reader chooses among, not the codes of JSON and commands."""

from dataclasses import replace

from agriplan.analysis.entries import word_of
from agriplan.errors import Called, Problem
from agriplan.sentences import Lang, catalogue, say


def with_names(problem: Problem, lang: Lang, family: str = "") -> Problem:
    """The problem with its list of choices, and the one that was probably meant, as they stand on the page.

    `family` is how the codes of the sentences that name them begin; an entry of a scenario has those of its place.

    >>> late = Problem("path.milk", "unknown_word", {"word": "late", "known": ["linear", "late_loaded"]}, "late_loaded")
    >>> with_names(late, "en").text("en")
    'path.milk: "late" is not one of linear, late-loaded; did you mean "late-loaded"?'
    """
    known = problem.values.get("known")
    if not isinstance(known, list | tuple):
        return problem
    names = {getattr(one, "code", one): _name(one, problem.place, lang, family) for one in known}
    meant = problem.suggestion and names.get(problem.suggestion, problem.suggestion)
    return replace(problem, values={**problem.values, "known": [*names.values()]}, suggestion=meant)


def _name(choice: object, place: str, lang: Lang, family: str) -> str:
    if isinstance(choice, Called):
        return choice.zh if lang == "zh" else choice.en
    code = f"{family}{choice}" if family else word_of(place, choice)
    return say(code, lang) if code in catalogue() else str(choice)
