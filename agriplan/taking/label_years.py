"""How labels write years: in Chinese digits, with two digits, as a day."""

import re
from datetime import date

from agriplan.baselines.dates import date_meant
from agriplan.parsing import FIRST_YEAR

_DIGITS = "一二三四五六七八九"  # whatever else a year has is a zero: 〇, ○, 零
_CHINESE_YEAR = re.compile(r"([一二][一二三四五六七八九〇○零]{3})年")
_DAY = re.compile(r"(?:19|20)\d\d([-/.年])\d{1,2}(?:[-/.月])\d{1,2}日?(?: 0?0:00(?::00)?)?", re.ASCII)


def with_digits(text: str) -> str:
    """A year in Chinese digits as one in digits.

    >>> with_digits("二〇二四年牛奶产量"), with_digits("二○二一年"), with_digits("二十头")
    ('2024年牛奶产量', '2021年', '二十头')
    """
    return _CHINESE_YEAR.sub(lambda found: "".join(str(_DIGITS.find(one) + 1) for one in found[1]) + "年", text)


def of_century(digits: int) -> int:
    """The year that two digits mean, of those that a figure may have.

    >>> of_century(21), of_century(98)
    (2021, 1998)
    """
    return 1900 + digits if 1900 + digits >= FIRST_YEAR else 2000 + digits


def day_in(text: str) -> date | None:
    """The day that a text is and says nothing else; None where it is none.

    >>> day_in("2021-12-31"), day_in("2021/1/1 0:00"), day_in("2021年"), day_in("2021-13-41")
    (datetime.date(2021, 12, 31), datetime.date(2021, 1, 1), None, None)
    """
    bare = " ".join(text.split())
    meant = date_meant(bare) if _DAY.fullmatch(bare) else None
    return date.fromisoformat(meant) if meant else None
