"""Names that a person cannot tell apart, and letters that nobody sees."""

import unicodedata

# Shown as nothing at all although they count as letters or marks: fillers, joiners, selectors of a variant, a blank of
# Braille. Format and control characters are found by `isprintable`.
UNSEEN = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
UNSEEN_RANGES = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
# Cyrillic and Greek letters that look like Latin ones (Unicode's confusables, the single letters of them).
_LIKE_LATIN = {
    "абвгеёзиклмнорстухјіѕԁһӏԛԝь": "a6breeзиkлmhopctyxjisdhlqwь",
    "αβγεηικνορτυχω": "aßyenıkvoptuxω",
    "АВЕЅІЈКМНОРСТУХ": "ABESIJKMHOPCTYX",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "0|": "ol",
}
LOOKS_LIKE = str.maketrans({a: b for seen, as_ in _LIKE_LATIN.items() for a, b in zip(seen, as_, strict=True)})


def unseen(text: str) -> list[str]:
    """The characters of a text that cannot be seen, by their codes.

    >>> unseen("通辽\\u200b提速\\u3164")
    ['U+200B', 'U+3164']
    """
    hidden = {letter for letter in text if not letter.isprintable() or _is_unseen(ord(letter))}
    return sorted(f"U+{ord(letter):04X}" for letter in hidden)


def _is_unseen(code: int) -> bool:
    return code in UNSEEN or any(code in one for one in UNSEEN_RANGES)


def skeleton(name: str) -> str:
    """What two names have in common that look the same: width, case, spaces and borrowed letters do not count.

    >>> skeleton("通辽（Ａ）") == skeleton("通辽 (a)"), skeleton("pаsture") == skeleton("PASTURE")
    (True, True)
    >>> skeleton("方案一") == skeleton("方案二")
    False
    """
    folded = unicodedata.normalize("NFKC", name).translate(LOOKS_LIKE).casefold().translate(LOOKS_LIKE)
    return "".join(folded.split())
