"""How a page tells its cautions: the same sentence once with all its places, those of other pages apart."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from agriplan.analysis.caution import Caution
from agriplan.analysis.entries import say_path, say_steps
from agriplan.baselines.folder import Baselines
from agriplan.sentences import COMMAS, say
from agriplan.web.language import current_language
from agriplan.web.pages.blueprint import pages, text
from agriplan.web.pages.fields_of_pages import field_address, pages_with_field
from agriplan.web.pages.scenario_in_view import ScenarioInView
from agriplan.web.service import service


class ToldPlace(NamedTuple):
    """An entry that a sentence is about: the address of its field, its name, and what tells it from those beside it."""

    address: str
    name: str
    short: str


class ToldCaution(NamedTuple):
    """A sentence with what it is about; where that is several entries, they stand by area."""

    about: str
    said: str
    areas: dict[str, list[ToldPlace]]

    @property
    def places(self) -> list[ToldPlace]:
        """Every entry that it is about."""
        return [place for places in self.areas.values() for place in places]


class CautionsTold(NamedTuple):
    """The cautions of a scenario as a page tells them: its own, and those of `entries` that other pages ask for.

    `standing` names those pages, for a sheet of paper, which has no links.
    """

    here: list[ToldCaution]
    elsewhere: list[ToldCaution]
    entries: int
    standing: str


@pages.app_context_processor
def of_cautions() -> dict[str, object]:
    """What the list of cautions is made from."""
    return {"cautions_told": cautions_told}


def cautions_told(viewed: ScenarioInView, has_form: object) -> CautionsTold:
    """Those of entries that the page in view asks for, or that no page does, and those of other pages."""
    data = service().baselines
    here, elsewhere = list[tuple[str, Caution]](), list[tuple[str, Caution]]()
    for path, found in viewed.cautions.items():
        address = field_address(path, data) if has_form else ""
        is_there = address and not address.startswith("#")
        (elsewhere if is_there else here).extend((address, one) for one in found)
    standing = Counter(_page_of(one.place, data) for _, one in elsewhere)
    counted = (text("cautions.of_page", page=page, count=count) for page, count in standing.items())
    comma = COMMAS[current_language()]
    return CautionsTold(_told(here, data), _told(elsewhere, data), len(elsewhere), comma.join(counted))


def _told(found: Iterable[tuple[str, Caution]], data: Baselines) -> list[ToldCaution]:
    """Each sentence once for every thing that it is about."""
    lang = current_language()
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for address, one in found:
        about = say_steps(one.place, data, lang)[0]
        alike.setdefault((about, one.text(lang)), []).append((address, one.place))
    return [ToldCaution(about, said, _by_area(places, data)) for (about, said), places in alike.items()]


def _by_area(places: Iterable[tuple[str, str]], data: Baselines) -> dict[str, list[ToldPlace]]:
    lang = current_language()
    found: dict[str, list[ToldPlace]] = {}
    for address, path in places:
        _, *where = say_steps(path, data, lang)
        area, rest = ("", where) if len(where) < 2 else (where[0], where[1:])
        told = ToldPlace(address, say_path(path, data, lang), say("entry.separator", lang).join(rest))
        found.setdefault(area, []).append(told)
    return found


def _page_of(path: str, data: Baselines) -> str:
    """What the page is called that asks for an entry: by its league, its indicator, or what it asks for."""
    page, values = pages_with_field(path, data)[0]
    lang = current_language()
    if page == "evaluation":
        return text("nav.evaluation")
    if page == "indicator":
        return data.by_id[values["indicator"]].name(lang)
    area = data.areas[values.get("code", data.leagues[0].code)].name(lang)
    return text("actuals.title", area=area) if page == "actuals" else area
