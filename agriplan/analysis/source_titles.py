"""What a source is called: its title in the data, else what a person wrote, else that nothing was said."""

from agriplan.baselines.folder import Baselines
from agriplan.sentences import Lang, say


def source_title(data: Baselines, source: str, lang: Lang) -> str:
    """The title of a source of the data by its id; an entry's source is what was typed.

    >>> from types import SimpleNamespace
    >>> data = SimpleNamespace(source_list=())
    >>> source_title(data, "通辽市统计局", "zh"), source_title(data, "", "zh")
    ('通辽市统计局', '自报，未注明来源')
    """
    if not source:
        return say("source.unsaid", lang)
    return next((one.title(lang) for one in data.source_list if one.source == source), source)
