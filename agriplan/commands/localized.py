"""Help and slips of the command line, whole in the language that was asked for.

A help text is written as `中文 / English`; what click itself would say in English stands in `wording/commands.toml`.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import click

from agriplan.commands.console import complain, problems_told, show, spoken_lang
from agriplan.commands.usage_errors import TYPED_WORDS, NotTogether, TooManyWords, usage_errors_told
from agriplan.letter_widths import chinese_letters
from agriplan.sentences import Lang, say


def in_one_language(text: str | None, lang: Lang) -> str:
    """The half of a help text in that language.

    >>> in_one_language("数据文件夹 / the data folder of a plan", "en")
    'the data folder of a plan'
    """
    chinese, bar, english = (text or "").partition(" / ")
    return " ".join((english if bar and lang == "en" else chinese).split())


# The second cell of a Chinese letter while lines are laid out, since click counts letters and ends a line at a blank.
SECOND_CELL, LINE_MAY_END = "\0", " "
LINE_ENDS_BEHIND = "，、；：。"


def _in_cells(text: str) -> str:
    """A text as long as the cells that it takes in a terminal, whose lines may end behind a Chinese mark."""
    text = "".join(letter + SECOND_CELL * chinese_letters(letter) for letter in text)
    return re.sub(f"(?<=[{LINE_ENDS_BEHIND}]){SECOND_CELL}", LINE_MAY_END, text)


class CellFormatter(click.HelpFormatter):
    """Lays out help by cells of a terminal, of which a Chinese letter takes two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is written."""
        super().write_usage(_in_cells(prog), _in_cells(args), prefix and _in_cells(prefix))

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(_in_cells(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write words and what they mean, in two columns."""
        super().write_dl([(_in_cells(word), _in_cells(meaning)) for word, meaning in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """What was written."""
        return re.sub(f"(?<=[{LINE_ENDS_BEHIND}]){LINE_MAY_END}", "", super().getvalue().replace(SECOND_CELL, ""))


class CellContext(click.Context):
    """A command line whose help is laid out by cells."""

    formatter_class = CellFormatter


class LocalizedCommand(click.Command):
    """A command whose help is in one language, and that says itself where there are too many words.

    Options that give the same thing (`--json`, `--csv`) exclude each other; `excluding` names further parameters that
    have no meaning beside another one.
    """

    context_class = CellContext
    langs: tuple[Lang, ...] = ()
    """The languages in which a slip is told; empty is the one that was asked for."""

    def __init__(self, *args: Any, excluding: Mapping[str, Sequence[str]] | None = None, **more: Any) -> None:
        """Make the command."""
        super().__init__(*args, **more)
        self.excluding = excluding or {}

    def exclusive_pairs(self) -> Iterator[tuple[click.Parameter, click.Parameter]]:
        """Every two parameters of which only one may be given."""
        for one, other in combinations(self.params, 2):
            named = {one.name, other.name}
            apart = any(key in named and named & set(others) for key, others in self.excluding.items())
            if apart or one.name == other.name:
                yield one, other

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after the command."""
        if not ctx.resilient_parsing:
            self._check_given(ctx, list(args))
        allowed, ctx.allow_extra_args = ctx.allow_extra_args, True
        with problems_told():  # here, where the language of the line is known
            left = super().parse_args(ctx, args)
        ctx.allow_extra_args = allowed
        if left and not allowed and not ctx.resilient_parsing:
            raise TooManyWords(" ".join(left), ctx)
        return left

    def _check_given(self, ctx: click.Context, args: list[str]) -> None:
        """Raise where two parameters are given of which one would be passed over in silence."""
        values, _, order = self.make_parser(ctx).parse_args(args)
        words = {name for name, value in values.items() if isinstance(value, str | list | tuple) and value}
        given = [one for one in order if isinstance(one, click.Option) or one.name in words]
        for one, other in self.exclusive_pairs():
            if one in given and other in given:
                raise NotTogether(ctx, one, other)
        for one in self.params:
            if given.count(one) > 1 and not (one.multiple or one.nargs == -1 or _is_flag(one)):
                raise NotTogether(ctx, one, one)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help, as any other result is shown."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _show_help
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is written."""
        lang = spoken_lang()
        own = {"[OPTIONS]": say("command.options", lang), "COMMAND [ARGS]...": say("command.and_its_words", lang)}
        pieces = [own.get(one, one) for one in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("command.usage", lang))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(in_one_language(self.help, spoken_lang()))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option does, and what holds without it."""
        lang, rows = spoken_lang(), []
        for option in self.get_params(ctx):
            if isinstance(option, click.Option) and (record := option.get_help_record(ctx)):
                text = say("command.help", lang) if "--help" in option.opts else in_one_language(option.help, lang)
                default = option.get_help_extra(ctx).get("default")
                text += say("command.default", lang, value=default) if default else ""
                rows.append((_in_words(record[0], lang), text))
        with _section(formatter, say("command.option_list", lang)):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """What the command does, for the list of commands: nothing of it is cut off."""
        return in_one_language(self.help, spoken_lang())


# What click writes for the sorts of value an option takes, the longer before the shorter.
SORTS_OF_VALUE = {
    "INTEGER RANGE": "number",
    "INTEGER": "number",
    "FLOAT": "number",
    "PATH": "path",
    "TEXT": "text",
    "YEAR": "year",
}


@contextmanager
def _section(formatter: click.HelpFormatter, heading: str) -> Iterator[None]:
    """A part of the help under its heading, which ends in the colon of its language."""
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        yield


def _in_words(option: str, lang: Lang) -> str:
    """An option as it is typed, with the sort of its value in the language of the help."""
    for written, sort in SORTS_OF_VALUE.items():
        if option.endswith(f" {written}"):
            return f"{option.removesuffix(written)}{say(f'command.sort.{sort}', lang)}"
    return option


def _show_help(ctx: click.Context, _: click.Parameter, asked: object) -> None:
    if asked and not ctx.resilient_parsing:
        show(ctx.get_help())
        ctx.exit()


def _is_flag(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and (param.is_flag or param.count)


class LocalizedGroup(LocalizedCommand, click.Group):
    """The commands; a slip in typing one is told in the language that was asked for, with what was probably meant."""

    command_class = LocalizedCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        rows = [(name, self.commands[name].get_short_help_str()) for name in self.list_commands(ctx)]
        with _section(formatter, say("command.command_list", spoken_lang())):
            formatter.write_dl(rows)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command line to its end: what click itself would say or let through is told like everything else."""
        run: Any = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        with problems_told():
            try:
                status = run(*args, standalone_mode=False, **extra)
            except click.ClickException as slip:
                complain(slip.format_message())
                status = slip.exit_code
            except click.Abort:
                raise KeyboardInterrupt from None
        sys.exit(status if isinstance(status, int) else 0)

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> click.Context:
        """Read what stands before the command."""
        words = list(args)
        with usage_errors_told(words):
            context = super().make_context(info_name, args, *more, **extra)
        context.meta[TYPED_WORDS] = words
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with usage_errors_told([]), problems_told():
            return super().invoke(ctx)
