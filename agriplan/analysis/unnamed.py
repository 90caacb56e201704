"""What scenarios without a name are called: names that no scenario may have."""

import re
import unicodedata
from functools import cache

from agriplan.sentences import LANGS, say

_UNNAMED = ("scenario.default", "scenario.unsaved")
_COUNT = re.compile(r"\d+")


@cache
def names_of_unnamed() -> tuple[str, ...]:
    """What scenarios without a name are called, in both languages and without counts: nothing else may go by it.

    >>> names_of_unnamed()
    ('默认方案', 'Default', '未保存的修改（处）', 'Unsaved changes ()')
    """
    return tuple(without_count(say(code, lang, count=0)) for code in _UNNAMED for lang in LANGS)


def without_count(name: str) -> str:
    """The name without its digits.

    >>> without_count("Unsaved changes (12)")
    'Unsaved changes ()'
    """
    return _COUNT.sub("", name)


def is_reserved(name: str) -> bool:
    """Whether a name is one of those, however it is spaced, in letters of whatever width and case.

    >>> is_reserved("ｄｅｆａｕｌｔ"), is_reserved("默认方案二")
    (True, False)
    """
    return _plain(without_count(name)) in map(_plain, names_of_unnamed())


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
