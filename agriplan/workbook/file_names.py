"""What files are called: area, scenario and target year, in letters that every file system takes."""

import unicodedata
from collections.abc import Sequence

from agriplan.analysis.titles import title_of, titles_of
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
    return area if scenario == Scenario() else file_name(f"{area}-{title_of(scenario, lang)}")


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
    """
    shown = "".join("_" if letter in FORBIDDEN else letter for letter in text if letter.isprintable())
    return unicodedata.normalize("NFC", shown)[:MOST_FILE_NAME_CHARACTERS].strip(". ") or "agriplan"
