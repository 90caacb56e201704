"""Slips of the command line: what is wrong with the words that were typed, and what was probably meant."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import pairwise

import click

from agriplan.commands.console import BAD_INPUT, complain, spoken_lang
from agriplan.errors import Problem
from agriplan.nearest_word import did_you_mean
from agriplan.sentences import COMMAS, LANGS, Lang, say

# Where the words of a command line are kept with its context.
TYPED_WORDS = "agriplan.typed_words"


class NotTogether(click.UsageError):
    """Two parameters, or one twice, of which only one can be followed."""

    def __init__(self, ctx: click.Context, one: click.Parameter, other: click.Parameter) -> None:
        """Take the parameters."""
        super().__init__("", ctx)
        self.params = (one, other)


class TooManyWords(click.UsageError):
    """Words that the command has no use for."""


@contextmanager
def usage_errors_told(words: list[str]) -> Iterator[None]:
    """Say what is wrong with the words of a command, how it is written, and end with status 2."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as slip:
        with nullcontext() if slip.ctx is None else slip.ctx.scope(cleanup=False):
            if slip.ctx is not None and words[:2] == ["--lang", "en"]:  # nothing before the command was read
                slip.ctx.find_root().params["lang"] = "en"
            if isinstance(slip, click.NoSuchOption) and slip.ctx is not None and slip.option_name == "--lang":
                asked = _behind(slip.ctx, "--lang")
                slip.ctx.find_root().params |= {"lang": asked} if asked in LANGS else {}
            lang = spoken_lang()
            for each in getattr(slip.ctx and slip.ctx.command, "langs", ()) or (lang,):
                complain(Problem("", "command", {"slip": _usage_error(slip, each).text(each)}).text(each))
            if slip.ctx is not None:
                complain(slip.ctx.get_usage())
                complain(say("command.see_help", lang, command=slip.ctx.command_path))
        sys.exit(BAD_INPUT)


def _usage_error(slip: click.UsageError, lang: Lang) -> Problem:
    """What is wrong with the words of a command."""
    if isinstance(slip, click.NoSuchCommand):
        name = slip.command_name
        known = (
            slip.ctx.command.list_commands(slip.ctx) if slip.ctx and isinstance(slip.ctx.command, click.Group) else []
        )
        return Problem("", "no_command", {"word": name}, did_you_mean(name, known))
    if isinstance(slip, click.NoSuchOption) and slip.ctx and slip.option_name in _taken_before(slip.ctx):
        option, program = slip.option_name, slip.ctx.find_root().info_name
        line = f"{program} {option} {_behind(slip.ctx, option)} {slip.ctx.info_name} …"
        return Problem("", "option_before", {"word": option, "line": line})
    if isinstance(slip, click.NoSuchOption):
        known = [one for param in slip.ctx.command.params for one in param.opts] if slip.ctx else []
        return Problem("", "no_option", {"word": slip.option_name}, did_you_mean(slip.option_name, known))
    if isinstance(slip, NotTogether):
        one, other = (_name(param).strip("[].") for param in slip.params)
        return Problem("", "named_twice" if one == other else "not_together", {"one": one, "other": other})
    if isinstance(slip, click.MissingParameter):
        return Problem("", "no_word_for", {"word": _name(slip.param)})
    if isinstance(slip, click.BadParameter):
        return Problem(_name(slip.param), "not_taken", {"known": _taken(slip.param, lang)})
    if isinstance(slip, click.BadOptionUsage):
        return Problem("", "no_value_for", {"word": slip.option_name})
    return Problem("", "too_many_words", {"words": slip.message})


def _taken_before(ctx: click.Context) -> set[str]:
    """The options with a value that stand before every command."""
    root = ctx.find_root()
    options = (one for one in root.command.params if isinstance(one, click.Option) and not one.is_flag)
    return set() if ctx is root else {name for option in options for name in option.opts}


def _behind(ctx: click.Context, option: str) -> str:
    """What was typed behind an option, which its command does not take."""
    words: list[str] = ctx.meta.get(TYPED_WORDS, [])
    for word, following in pairwise([*words, "…"]):
        if word == option or word.startswith(f"{option}="):
            return following if word == option else word.partition("=")[2]
    return "…"


def _name(param: click.Parameter | None) -> str:
    """What a parameter is called where it is written: the option, or the word in capitals."""
    if param is None:
        return ""
    return (
        max(param.opts, key=len) if isinstance(param, click.Option) else param.make_metavar(click.get_current_context())
    )


def _taken(param: click.Parameter | None, lang: Lang) -> str:
    """What a parameter takes."""
    sort = param.type if param else None
    if isinstance(sort, click.Choice):
        return COMMAS[lang].join(map(str, sort.choices))
    if isinstance(sort, click.IntRange) and sort.min is None:
        return say("command.any_whole_number", lang)
    if isinstance(sort, click.IntRange) and sort.max is None:
        return say("command.whole_number_from", lang, least=sort.min)
    if isinstance(sort, click.IntRange):
        return say("command.whole_number", lang, least=sort.min, most=sort.max)
    return say("command.any_number" if isinstance(sort, click.types.FloatParamType) else "command.another_value", lang)
