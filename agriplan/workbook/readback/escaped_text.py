"""Text as spreadsheets write it: what XML cannot hold stands there by its number."""

import re

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with what XML cannot hold, which spreadsheets write by its number (ECMA-376, part 1, 22.9.2.19).

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_")
    ('a\\rb', '_x0041_')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
