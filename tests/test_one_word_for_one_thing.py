"""One thing has one word, in sentences and templates: those that it is not called by, beside the one that it is."""

import html
import re
import zipfile
from collections.abc import Iterator

import pytest

from agriplan.engine.columns import TABLES
from agriplan.engine.evaluation_columns import EVALUATION, EVALUATION_YEARS
from agriplan.places import templates_folder
from agriplan.sentences import LANGS, catalogue

# Another word for the thing, as a pattern, and the word that it has.
WORDS = {
    "zh": {
        "测算值|预测值": "趋势预测",
        "基期数": "基期值",
        "印出": "列示",
        "回看检验|预测检验": "回测",
        "改动记录|变更记录": "保存记录",
        "因素|多项指标": "评价指标",
        "购入": "外购",
        "随附|数据所附": "随数据提供",
        "比率不下达": "比率的分解量不下达",
        "相差[三十]倍以上": "超过…的3倍；不足…的三分之一",
        "加码": "上浮",
        "今后[^，。]*需|后续年均需要": "后续…年均需增长",
        "计量口径|^口径：": "指标含义；判定标准（口径只指统计口径）",
        "参加测算": "参与测算",
        "出处": "来源",
        "规划文件夹": "数据文件夹",
        "本程序": "本系统",
        "比率的?最高值": "比率自身的上限",
        "提前完成的盟市": "已达目标的盟市",
        "完成度|达成率|目标完成率": "完成率",
        r"\{area\}\{year\}年\{known_as\}尚未公布": "全区尚未公布，盟市未报（{not_yet}）",
    },
    "en": {
        "[Nn]eeded growth": "growth needed",
        "[Yy]early target": "milestone",
        "[Rr]eached by all|Leagues and difference together": "total after sharing",
        "[Pp]robability": "likelihood",
        "Made by": "filled in by",
        "[Nn]ot placed": "unallocated",
        "[Nn]eeded (yearly|later)|needed[^.;]* from now on": "growth needed",
        "short of its target": "distance to its target, which may be a surplus",
        "(Milk|Mutton|Beef) a (dairy|sheep|head)": "per",
        "rates in points a year[;)]|no rates issued": "the unit of this sheet's indicator",
        "handed down": "issued",
        "[Qq]uick report": "preliminary figure",
        "[Bb]ase figure|base value|[Bb]ase-year figure": "base-year value",
        "[Pp]lan[- ]folder": "data folder",
        r"\b(of|from|at|or) nothing\b": "0, where a number is meant",
        "earlier basis": "older basis",
        "most that a rate": "the rate's own ceiling",
        "[“”]": "straight quotation marks",
        r"^done$|\} done\b|done or missed|\.done: done": "met",
        r"this system|by the program\b": "agriplan",
        "[Dd]one %|[Dd]one \\(%\\)": "completion",
        r"\{area\} for \{year\} is not yet": "not published by the region, not reported by a league ({not_yet})",
    },
}  # fmt: skip


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Every sentence of a language, the name of every column, and every text of its templates, with its place."""
    for code, words in catalogue().items():
        yield code, words[lang]
    for name, columns in (TABLES | {"evaluation": EVALUATION, "evaluation years": EVALUATION_YEARS}).items():
        yield from ((f"{name}.{column.name}", getattr(column, lang)) for column in columns)
    for path in sorted(templates_folder().iterdir()):
        if (".en." in path.name) == (lang == "en"):
            with zipfile.ZipFile(path) as package:
                for part in package.namelist():
                    if re.match(r"xl/worksheets/|xl/workbook\.xml|word/", part):
                        yield f"{path.name}: {part}", html.unescape(package.read(part).decode(errors="replace"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_thing_is_called_by_its_one_word(lang: str) -> None:
    found = [(place, lang, other, word) for place, text in texts(lang) for other, word in WORDS[lang].items()
             if re.search(other, text)]  # fmt: skip
    assert found == []


# What the program says of a command, a file or an entry at fault sets figures apart, as it does names and addresses.
MESSAGES = re.compile(r"(problem|bound|answer|store|command|init|roll|template|api|take)\.")
NAMES = "fingerprints?|marks?|default|made|scenario|page|id|file|short"


def test_in_chinese_pages_and_documents_a_figure_stands_close_to_its_words() -> None:
    apart = re.compile(rf"[\u4e00-\u9fff”）] (\d|\{{(?!({NAMES})\}})\w+\}})|(\d%?|\}}%) [\u4e00-\u9fff“（]")
    found = {
        place: text
        for place, text in texts("zh")
        if not MESSAGES.match(place) and apart.search(re.sub("&[A-Z0-9]", "", text))
    }
    assert found == {}


def test_in_chinese_figures_reach_from_one_to_another_in_one_way() -> None:
    """至, in sentences and in cells; a dash stands between years alone."""
    other = re.compile(r"[\d}%] ?[–—~～] ?(?=[\d{])(?!\{last\}|[{}\w]+ ?年)|\d ?到 ?\d")
    assert {place: text for place, text in texts("zh") if other.search(text)} == {}
