"""What files are called: area, scenario and target year, in letters that every file system takes."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from agriplan.analysis.titles import title_of, titles_of
from agriplan.baselines.records import Area
from agriplan.engine.scenario import Scenario
from agriplan.sentences import Lang, say

MOST_FILE_NAME_CHARACTERS = (
    80  # with an ending, and three bytes a character, just within the 255 bytes of a file system
)
FORBIDDEN = '\\/:*?"<>|'  # what Windows does not allow in file names


def area_name(area: str, scenario: Scenario, lang: Lang) -> str:
    """An area under a scenario; the default plan needs no word for it.

    >>> area_name("通辽市", Scenario(), "zh"), area_name("通辽市", Scenario(name="甲/乙"), "zh")
    ('通辽市', '通辽市-甲_乙')
    """
    return file_name(area if scenario == Scenario() else f"{area}-{title_of(scenario, lang)}")


def names_of_areas(areas: Iterable[Area], scenario: Scenario, lang: Lang) -> dict[str, str]:
    """What the files of all areas are called, by code: no two alike, even where only forbidden letters differ.

    >>> spelt = {"150100": "甲/乙", "150200": "甲_乙", "150300": "丙"}
    >>> areas = [Area(code=code, name_zh=name, name_en="-") for code, name in spelt.items()]
    >>> names_of_areas(areas, Scenario(), "zh")
    {'150100': '甲_乙-150100', '150200': '甲_乙-150200', '150300': '丙'}
    """
    names = {area.code: area_name(area.name(lang), scenario, lang) for area in areas}
    times = Counter(name.casefold() for name in names.values())
    return {
        code: name if times[name.casefold()] == 1 else f"{name[: MOST_FILE_NAME_CHARACTERS - len(code) - 1]}-{code}"
        for code, name in names.items()
    }


def comparison_name(scenarios: Sequence[Scenario], year: int, lang: Lang) -> str:
    """A comparison by the target year and the scenarios that it compares.

    >>> comparison_name([Scenario(), Scenario(name="甲/乙")], 2025, "zh")
    '2025年方案比较-默认方案-甲_乙'
    """
    return file_name("-".join([say("file.comparison", lang, year=year), *titles_of(scenarios, lang)]))


def file_name(text: str) -> str:
    """Words as a file name: no path, nothing that cannot be shown, not too long.

    >>> file_name('../通辽: "提速"\\n')
    '_通辽_ _提速_'
    >>> area_name("通辽市", Scenario(name="."), "zh")
    '通辽市'
    """
    shown = "".join("_" if letter in FORBIDDEN else letter for letter in text if letter.isprintable())
    return unicodedata.normalize("NFC", shown)[:MOST_FILE_NAME_CHARACTERS].strip(". -") or "agriplan"
