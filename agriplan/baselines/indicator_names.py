"""What indicators go by wherever one is asked for by name: ids, names in both languages, and the short ones."""

import unicodedata
from collections.abc import Mapping

from agriplan.baselines.commitments import short_names, without_brackets
from agriplan.baselines.folder import Baselines
from agriplan.sentences import LANGS


def names_of_indicators(data: Baselines) -> dict[str, str]:
    """Every name that is printed of a commitment or an observed indicator, and whose it is.

    Where two go by one name it is the commitment's; a short name is nobody's where it is another's whole one.
    """
    observed, committed = data.indicators.items(), data.by_id.items()
    found = {without_brackets(one.name_zh): key for key, one in observed}
    found |= {name: key for lang in LANGS for key, name in short_names(data.commitments, lang).items()}
    for things in (observed, committed):
        found |= {name: key for key, one in things for name in (one.name_zh, one.name_en)}
    return found | {key: key for things in (observed, committed) for key, _ in things}


def find_indicator(word: str, names: Mapping[str, str]) -> str | None:
    """Whose name that is, in letters of whatever width and size.

    >>> find_indicator("肉牛全产业链产值(按市价折算)", {"肉牛全产业链产值（按市价折算）": "beef_cattle_value"})
    'beef_cattle_value'
    """
    return next((key for name, key in names.items() if _folded(name) == _folded(word)), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
