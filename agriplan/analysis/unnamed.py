"""What scenarios without a name are called: names that no scenario may have."""

import operator
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from agriplan.sentences import LANGS, say

# What people say for the default beside what it is called here.
OF_DEFAULT = ("默认", "默认的方案", "缺省方案", "缺省", "the default", "default plan", "default scenario")
# Which of several, behind a title: Default [2].
_PLACE = re.compile(r"\[\d+\]\s*$")
_COUNT = re.compile(r"\d+")


@cache
def names_of_default() -> tuple[str, ...]:
    """What the default is called and what people say for it, in letters alone.

    >>> names_of_default()[:3]
    ('默认方案', 'default', '默认')
    """
    return tuple(map(_letters, (*(say("scenario.default", lang) for lang in LANGS), *OF_DEFAULT)))


@cache
def names_of_unsaved() -> tuple[str, ...]:
    """What changes are called that nobody has saved, in letters alone, with what counts them and without.

    >>> names_of_unsaved()
    ('未保存的修改处', '未保存的修改', 'unsavedchanges', 'unsavedchanges')
    """
    counted = [_COUNT.sub("", say("scenario.unsaved", lang, count=0)) for lang in LANGS]
    return tuple(_letters(part) for one in counted for part in (one, re.split(r"[(（]", one)[0]))


def is_reserved(name: str, alike: Callable[[str, str], bool] = operator.eq) -> bool:
    """Whether a name is one of those, however it is spaced and marked, in letters of whatever width and case.

    `alike` says which letters are taken for one another.

    >>> [is_reserved(name) for name in ("ｄｅｆａｕｌｔ", "默认方案。", "Default [2]", "未保存的修改")]
    [True, True, True, True]
    >>> is_reserved("默认方案二"), is_reserved("默认方案1")
    (False, False)
    """
    bare = _letters(_PLACE.sub("", unicodedata.normalize("NFKC", name)))
    without_count = _COUNT.sub("", bare)
    return any(alike(bare, one) for one in names_of_default()) or any(
        alike(without_count, one) for one in names_of_unsaved()
    )


def _letters(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())
