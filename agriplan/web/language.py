"""Which language an answer is in: what was asked for, else what was chosen before, else Chinese."""

from typing import get_args

from flask import g, has_request_context, request, session

from agriplan.sentences import Lang

DEFAULT: Lang = "zh"
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def current_language() -> Lang:
    """The language of this answer: `?lang=`, on pages also the one switched to before."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _chosen(request.args.get("lang")) or _remembered() or DEFAULT
    language: Lang = g.language
    return language


def _remembered() -> Lang | None:
    return None if request.path.startswith("/api/") else _chosen(session.get("lang"))


def _chosen(word: str | None) -> Lang | None:
    return next((lang for lang in LANGUAGES if lang == word), None)
