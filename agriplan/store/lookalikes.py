"""Names that a person cannot tell apart, and letters that nobody sees."""

import unicodedata

from agriplan.hidden_letters import is_filler

# What looks like a letter or mark, as far as NFKC does not make it the same: Unicode's confusables of single letters
# that a keyboard, an input method or a copied page gives.
LOOKS_LIKE = {
    # Strokes: hyphens, dashes, minus, the drawn line, the long vowel of Katakana, and one in Chinese.
    "-": "‐‒–—―−─━⁃˗⎯ー一",
    "~": "∼〜∿",
    # Dots in the middle, as names are parted: of Latin, Katakana, Greek, a list, a product, a hyphenation.
    "·": "・•‧∙⋅⸱ꞏᐧ᛫◦●",
    ",": "、‚٬",
    ".": "。",
    ":": "∶꞉ː։",
    "/": "∕⁄⧸╱⟋丿ノ",
    "\\": "∖⧵⧹╲⟍",
    "'": "‘’‛′ʹʼʻˈ`",
    '"': "“”„‟〃〝〞〟ʺ",
    "(": "〔❨❲⟮",
    ")": "〕❩❳⟯",
    "[": "【〖⟦",
    "]": "】〗⟧",
    "<": "〈‹❮⟨˂",
    ">": "〉›❯⟩˃",
    "《": "«≪",
    "》": "»≫",
    "*": "∗⁎✱",
    "+": "᛭➕",
    "=": "᐀゠⹀",
    # An upright stroke, by which l, I and 1 are one another in most fonts; i and L are not.
    "1": "lI|ǀ∣│┃丨ıɩΙІӀӏ",
    "0": "oOоОοΟօՕ〇○◯",
    # Cyrillic, Greek and Armenian letters like Latin ones, and Latin ones of phonetic script.
    "a": "аαɑ", "b": "вьЬ", "c": "с", "d": "ԁɗ", "e": "еёє", "g": "ɡց", "h": "һհ", "j": "јյϳ", "k": "кκ", "m": "м",
    "n": "ηոп", "p": "рρ", "q": "ԛզ", "r": "гɾ", "s": "ѕ", "t": "тτ", "u": "υսʋ", "v": "νѵ", "w": "ѡωԝɯ", "x": "хχ×",
    "y": "уγү", "A": "АΑ", "B": "ВΒ", "C": "С", "E": "ЕΕ", "H": "НΗ", "J": "ЈͿ", "K": "КΚ", "M": "МΜ", "N": "Ν",
    "P": "РΡ", "S": "ЅՏ", "T": "ТΤ", "X": "ХΧ", "Y": "УΥҮ", "Z": "Ζ", "ß": "β", "6": "б",
    # Syllables of Katakana and radicals like Chinese characters, in fonts that have one drawing for both.
    "二": "ニ", "八": "ハ", "力": "カ", "工": "エ", "卜": "ト", "夕": "タ", "口": "ロ囗", "三": "ミ", "才": "オ",
    "马": "⻢", "羊": "⺶", "牛": "⺧", "长": "⻓", "门": "⻔", "车": "⻋", "西": "⻄", "民": "⺠", "龙": "⻰",
    "风": "⻛", "页": "⻚", "见": "⻅", "贝": "⻉", "鱼": "⻥", "鸟": "⻦", "黄": "⻩", "青": "⻘", "食": "⻝",
    "麦": "⻨", "齐": "⻬",
}  # fmt: skip
_LOOKS = {other: kept for kept, others in LOOKS_LIKE.items() for other in others}


def unseen(text: str) -> list[str]:
    """The characters of a text that cannot be seen, by their codes.

    >>> unseen("通辽\\u200b提速\\u3164")
    ['U+200B', 'U+3164']
    """
    # Format and control characters are found by `isprintable`.
    hidden = {letter for letter in text if not letter.isprintable() or is_filler(letter)}
    return sorted(f"U+{ord(letter):04X}" for letter in hidden)


def look_alike(first: str, second: str) -> bool:
    """Whether two names look the same: width, case, spaces, strokes and borrowed letters do not count.

    >>> look_alike("通辽（Ａ）", "通辽 (a)"), look_alike("pаsture", "PASTURE"), look_alike("A·l1", "A・I1")
    (True, True, True)
    >>> look_alike("方案一", "方案二"), look_alike("方案L", "方案1")
    (False, False)
    """
    one, other = _plain(first), _plain(second)
    return len(one) == len(other) and all(map(_same_look, one, other))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _same_look(one: str, other: str) -> bool:
    """Whether two letters look the same, or are the two cases of one: small l is both L and 1, which are not one."""
    return one == other or not _forms(one).isdisjoint(_forms(other))


def _forms(letter: str) -> set[str]:
    looks = _LOOKS.get(letter, letter)
    return {letter.casefold(), looks, looks.casefold()}
