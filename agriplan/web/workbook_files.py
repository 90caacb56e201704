"""Workbooks as downloads: named and remembered by their inputs, made only when nobody has them yet."""

from collections.abc import Callable, Sequence
from importlib.metadata import version

from flask import Response

from agriplan.analysis.comparison import compare
from agriplan.baselines.area_names import no_such_area
from agriplan.baselines.folder import Baselines
from agriplan.engine.plan import Plan
from agriplan.engine.scenario import Scenario, scenario_id
from agriplan.errors import ScenarioError
from agriplan.sentences import Lang, say
from agriplan.web.file_response import PACK, WORKBOOK, DownloadNames, answer_file, etag_of
from agriplan.web.identity import client
from agriplan.web.service import Service, service
from agriplan.workbook.file_names import area_name, comparison_name
from agriplan.workbook.files import write_comparison, write_pack, write_workbook

ALL = "all"
WRITER = version("xlsxwriter")  # another writer, other bytes


def workbook_file(identity: str, scenario: Callable[[], Scenario], area: str, lang: Lang) -> Response:
    """An area's workbook, or the pack; `scenario` is asked only where the workbook has to be made.

    Raises `ScenarioError` for an unknown area, and whatever `scenario` and the plan raise.
    """
    here = service()
    code = ALL if area == ALL else area_code(here.baselines, area)
    etag = etag_of("workbook", identity, *_versions(here, lang), code, lang)
    make = _make_pack if code == ALL else _make_workbook
    if code == ALL and here.made.get(etag) is None:
        here.packs.take(client())
    media, ending = (PACK, "zip") if code == ALL else (WORKBOOK, "xlsx")
    return answer_file(
        etag,
        here.made,
        here.heavy,
        lambda: make(here, here.plan(scenario()), code, lang),
        media,
        lambda: download_names(here.baselines, scenario(), code, lang, ending),
    )


def comparison_file(plans: Sequence[Plan], lang: Lang) -> Response:
    """The comparison workbook of two to five plans."""
    here = service()
    year = here.baselines.target_year
    etag = etag_of("comparison", *(scenario_id(plan.scenario) for plan in plans), *_versions(here, lang), lang)
    return answer_file(
        etag,
        here.made,
        here.heavy,
        lambda: _make_comparison(here, plans, lang),
        WORKBOOK,
        lambda: (
            f"{comparison_name([plan.scenario for plan in plans], year, lang)}.xlsx",
            f"{say('file.comparison', 'en', year=year)}.xlsx",
        ),
    )


def area_code(baselines: Baselines, word: str) -> str:
    """The code of an area named by code, Chinese or English name; raises `ScenarioError` where there is none."""
    area = baselines.find_area(word)
    if area is None:
        raise ScenarioError([no_such_area(word, baselines.areas.values(), "area")])
    return area.code


def download_names(baselines: Baselines, scenario: Scenario, code: str, lang: Lang, ending: str) -> DownloadNames:
    """What a downloaded file is called: area, scenario and target year, and in plain letters area and year."""

    def in_language(lang: Lang) -> str:
        area = say("file.all", lang) if code == ALL else baselines.areas[code].name(lang)
        return f"{area_name(area, scenario, lang)}-{say('file.plan', lang, year=baselines.target_year)}.{ending}"

    return in_language(lang), in_language("en")


def _versions(here: Service, lang: Lang) -> tuple[str, ...]:
    return (here.baselines.version, here.templates[lang].version, WRITER)


def _make_workbook(here: Service, plan: Plan, code: str, lang: Lang) -> bytes:
    return write_workbook(plan, code, here.templates[lang], lang)


def _make_pack(here: Service, plan: Plan, _code: str, lang: Lang) -> bytes:
    return write_pack(plan, here.templates[lang], lang)


def _make_comparison(here: Service, plans: Sequence[Plan], lang: Lang) -> bytes:
    return write_comparison(compare(plans), here.templates[lang], lang)
