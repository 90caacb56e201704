"""The words of published tables (`words.toml`), and what a plan's own indicators are called in them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from agriplan.baselines.commitments import Commitment
from agriplan.baselines.folder import Baselines
from agriplan.baselines.records import Area, fold_name
from agriplan.taking.bracketed_names import BracketedNames
from agriplan.taking.vocabulary import code_heads, listed_words, table_words

_BRACKETED = re.compile(r"\([^()]*\)")
_SIGNS_ALIKE = str.maketrans("[]【】", "()()") | {ord(pair[0]): pair[1] for pair in listed_words("traditional")}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# A space between two letters or digits parts two words or numbers; any other is there for the looks.
_IDLE_SPACE = re.compile(r"(?<![0-9a-z.,]) | (?![0-9a-z])")
# All of a year in months, and its end.
WHOLE_YEAR = re.compile(r"1月?\s*[-—–~至]+\s*12月(?:份)?|12月(?:末|底|31日)")
# What may stand right before and behind the name of a thing in a title.
_SIGNS = " ()[]<>《》、,，:：;；-—_/“”\"'"
_LEADS = (*"年末底度市盟区县旗的要各和与及", "其中")
_ENGLISH_LEADS = frozenset(("of", "and", "the", "in", "mongolia"))
_GO_ON = ("和", "与", "及", "的", "情况", "统计", "in ", "and ", "by ")


def plain(text: str) -> str:
    """Text as it is compared: narrow forms, small letters, no spaces between Chinese characters.

    >>> plain("呼 和 浩 特 市　（万　吨）"), plain("表5 2022年"), plain("Inner  Mongolia")
    ('呼和浩特市(万吨)', '表5 2022年', 'inner mongolia')
    >>> plain("牛奶产量【万吨】"), plain("通遼市奶類產量")
    ('牛奶产量(万吨)', '通辽市奶类产量')
    """
    narrow = " ".join(unicodedata.normalize("NFKC", text).split()).casefold().translate(_SIGNS_ALIKE)
    return _IDLE_SPACE.sub("", narrow) if _CHINESE.search(narrow) else narrow


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _CHINESE.search(text) is not None


@dataclass(frozen=True)
class Thing:
    """What an indicator's name is made of: the thing (羊肉) and the sort of figure (output), where it has one."""

    core: str
    sort: str


@dataclass(frozen=True, eq=False)
class Words:
    """The vocabulary for one data folder."""

    baselines: Baselines

    @cached_property
    def sorts(self) -> dict[str, str]:
        """The sort of figure that a word says, longest words first."""
        blocks = table_words()["sort"]
        pairs = [(str(word), str(one["id"])) for one in blocks if isinstance(one, dict) for word in one["words"]]
        return dict(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def _same(self) -> dict[str, str]:
        """The first name of whatever goes by several."""
        blocks = table_words()["same"]
        return {str(word): str(one["words"][0]) for one in blocks if isinstance(one, dict) for word in one["words"]}

    @cached_property
    def empty(self) -> frozenset[str]:
        """Words that change nothing, heads of codes among them."""
        return frozenset((*listed_words("empty"), *code_heads()))

    @cached_property
    def groups(self) -> frozenset[str]:
        """Heads above others."""
        return frozenset(listed_words("group"))

    @cached_property
    def sums(self) -> frozenset[str]:
        """Words for a sum, which may be the whole."""
        return frozenset(listed_words("sum"))

    def is_other(self, text: str) -> bool:
        """Whether a text speaks of another figure: a change, a share, one a head."""
        return any(word in text for word in listed_words("other"))

    def is_part_of_year(self, text: str) -> bool:
        """Whether a text speaks of a part of a year; the year's end, and all twelve months together, are none.

        >>> [Words(None).is_part_of_year(text) for text in ("2022年1-9月", "2023年上半年", "2022年1-12月", "12月末")]
        [True, True, False, False]
        """
        rest = WHOLE_YEAR.sub("", text)
        return bool(re.search(r"\d月", rest)) or any(word in rest for word in listed_words("part"))

    def sides_in(self, text: str) -> set[str]:
        """On which sides of a break between bases a text sets figures.

        >>> [Words(None).sides_in(text) for text in ("修订前口径", "after the 2016 census", "地方口径")]
        [{'before'}, {'after'}, set()]
        """
        blocks, low = table_words()["side"], plain(text)
        return {str(one["id"]) for one in blocks if isinstance(one, dict) and any(word in low for word in one["words"])}

    def bases_of(self, text: str) -> list[str]:
        """All that a text says of the basis of figures, each as it stands between its marks.

        >>> [Words(None).bases_of(text) for text in ("各盟市牛奶产量（普查前口径）", "牛奶产量")]
        [['普查前口径'], []]
        """
        parts = re.split(r"[（）()\[\]，。；：,;:]", text)
        known = [*listed_words("basis"), *self._basis_names]
        return [part.strip() for part in parts if any(word in part.lower() for word in known)]

    @cached_property
    def _basis_names(self) -> list[str]:
        """What the folder calls its bases."""
        named = self.baselines.header.bases.values() if self.baselines else ()
        return [name.lower() for one in named for name in (one.name_zh, one.name_en)]

    def is_planned(self, text: str) -> bool:
        """Whether a text speaks of what was planned or is expected."""
        return any(word in text for word in listed_words("planned"))

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Areas by every name they go by, as names are written."""
        named = {plain(name): area for area in self.baselines.areas.values() for name in area.names}
        return dict.fromkeys(listed_words("whole"), self.baselines.region) | named

    @cached_property
    def _folded(self) -> dict[str, Area]:
        return {fold_name(name): area for name, area in self.areas.items()}

    def area_called(self, text: str) -> Area | None:
        """The area whose name that is, whatever its spaces and hyphens, also with its kind in English."""
        return self._folded.get(fold_name(text))

    def expected_in(self, text: str) -> str:
        """The word in a text for a figure that is not the year's last one (快报, 预计); nothing where there is none."""
        return next((word for word in listed_words("expected") if word in text), "")

    def provisional_in(self, text: str) -> str:
        """That word, or one for figures that are to be revised (初步), in the label or title of several figures."""
        found = (word for word in listed_words("provisional") if word in text)
        return self.expected_in(text) or next(found, "")

    @cached_property
    def exact(self) -> dict[str, str]:
        """Indicators by their own full names, and by those of the commitments that are an indicator's."""
        own = [(one.indicator, one) for one in self.baselines.indicators.values()]
        committed = [(one.quantity, one) for one in self.baselines.commitments if not one.unit_value]
        named = {plain(name): key for key, one in (*committed, *own) for name in (one.name_zh, one.name_en)}
        return {self.bracketed.unbracketed(name): key for name, key in named.items()}

    @cached_property
    def bracketed(self) -> BracketedNames:
        """The indicators' names that have brackets."""
        named = ((name, one) for one in self.baselines.indicators.values() for name in (one.name_zh, one.name_en))
        return BracketedNames({plain(name): plain(one.unit_zh) for name, one in named if "(" in plain(name)})

    @cached_property
    def worked_out(self) -> dict[str, Commitment]:
        """The plan's commitments that are a quantity times a unit value, by their names: none is an observed figure."""
        values = [one for one in self.baselines.commitments if one.unit_value]
        names = [(name, one) for one in values for name in (one.name_zh, one.name_en)]
        return {each: one for name, one in names for each in (plain(name), _BRACKETED.sub("", plain(name)).strip())}

    def worked_out_in(self, text: str) -> str:
        """The commitment of that sort that a text names, by its id; nothing where it names none."""
        return next((one.id for name, one in self.worked_out.items() if name in text), "")

    @cached_property
    def things(self) -> dict[str, Thing]:
        """What each indicator is of, and the sort of figure."""
        sorts = {name: self._split(bare).sort for name, bare in self.bracketed.bare.items()}
        return {name: Thing(name, sorts[name]) if name in sorts else self._split(name) for name in self.exact}

    @cached_property
    def cores(self) -> list[str]:
        """Every name of a thing that an indicator is of, longest first."""
        first = {thing.core for thing in self.things.values()}
        names = first | {word for word, one in self._same.items() if one in {self.first(core) for core in first}}
        return sorted(names, key=len, reverse=True)

    def first(self, core: str) -> str:
        """The first of the names of a thing."""
        return self._same.get(core, core)

    def indicators(self, core: str, sort: str) -> list[str]:
        """The indicators of that thing, of that sort where one is known."""
        wanted = self.first(core)
        return sorted(
            {
                self.exact[name]
                for name, thing in self.things.items()
                if self.first(thing.core) == wanted and (not sort or thing.sort == sort)
            }
        )

    def is_own_name(self, core: str, indicator: str) -> bool:
        """Whether the folder itself calls what an indicator is of by that word."""
        return any(thing.core == core for name, thing in self.things.items() if self.exact[name] == indicator)

    def sort_in(self, text: str) -> str:
        """The sort of figure that a text speaks of, none where it speaks of none or of several."""
        found = {sort for word, sort in self.sorts.items() if word in text}
        return found.pop() if len(found) == 1 else ""

    def core_in(self, text: str) -> str:
        """The one thing that a title speaks of: it stands by itself or before its sort, and is no part of another word.

        液态牛奶, 牛奶制品 and milk powder are none; 各盟市牛奶产量 and output of milk are milk.
        """
        found = {core for core in self.cores if any(self._stands_alone(text, at) for at in _places(core, text))}
        kept = [core for core in found if not any(core != other and core in other for other in found)]
        return kept[0] if len(kept) == 1 and not self._other_things(text, kept[0]) else ""

    def _other_things(self, text: str, core: str) -> bool:
        """Whether the title names another thing of ours beside that one."""
        rest = text.replace(core, "")
        return any(one in rest for one in self.cores if is_chinese(one) and len(one) > 1)

    def _stands_alone(self, text: str, at: tuple[int, int]) -> bool:
        before, after = text[: at[0]].rstrip(), text[at[1] :].strip()
        return _fine_before(before) and (not after or after[0] in _SIGNS or after.startswith((*self.sorts, *_GO_ON)))

    def _split(self, name: str) -> Thing:
        for word, sort in self.sorts.items():
            if name.endswith(word) and name != word:
                return Thing(name.removesuffix(word).strip(), sort)
        return Thing(name, "")


def _places(core: str, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(re.escape(core), text)]


def _fine_before(before: str) -> bool:
    """Whether a word may begin behind this: after a place, a year, a sign, or a word that joins."""
    if not before or before[-1] in _SIGNS or before[-1].isdigit():
        return True
    return before.endswith(_LEADS) if is_chinese(before[-1]) else before.rsplit(maxsplit=1)[-1] in _ENGLISH_LEADS
