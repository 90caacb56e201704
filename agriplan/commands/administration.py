"""What the administrator of a service does: copies of the store, clearing it, links for the areas."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agriplan.at_once import do_all
from agriplan.bounded_reading import FileTooLargeError, copy_stream
from agriplan.commands.console import complain, send, show
from agriplan.commands.options import WholeNumber
from agriplan.commands.reading import is_dash
from agriplan.errors import Problem, StoreError, StoreFull
from agriplan.sentences import say

if TYPE_CHECKING:
    from agriplan.commands.session import Session

Tells = Callable[[Callable[..., None]], Callable[..., None]]

# Four times what a database may hold where nobody set another bound (AGRIPLAN_MOST_DATABASE_BYTES).
MOST_COPY = 4_000_000_000
# A hundred years: as long as anybody keeps anything, and a time that every calendar knows.
MOST_DAYS = 36_500
SQLITE_HEAD = b"SQLite format 3\0"

database = click.option(
    "--database", default=None, metavar="URL", envvar="AGRIPLAN_DATABASE", help="数据库 / the store, as for serve"
)
file = click.argument("file", type=click.Path(path_type=Path))


def add_commands(main: click.Group, tells_problems: Tells) -> None:
    """Add the commands of this module to the group; `tells_problems` says errors in a sentence."""
    for command in (backup, restore, prune, link):
        name, function, decorators = command.__name__, tells_problems(command), DECORATORS[command]
        for decorate in decorators:
            function = decorate(function)
        main.command(name)(function)


def backup(session: "Session", database: str | None, file: Path) -> None:
    """备份已存方案，- 为标准输出 / copy the store into a new file (- for stdout), also while it serves."""
    from tempfile import TemporaryDirectory

    from agriplan.store.backup import back_up

    if not is_dash(file):
        show(say("store.backed_up", session.lang, place=file, **back_up(database, file)))
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy.sqlite3")
        counts = back_up(database, copy)
        send(copy.read_bytes())
    place = say("store.standard_output", session.lang)
    complain(say("store.backed_up", session.lang, place=place, **counts))


def restore(session: "Session", database: str | None, file: Path) -> None:
    """恢复备份，- 为标准输入 / put a copy back (- for stdin), into an empty database or one that holds a part of it."""
    from tempfile import TemporaryDirectory

    from agriplan.store.backup import put_back

    if not is_dash(file):
        counts = put_back(file, database)
    else:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "stdin")
            try:
                _take_from_stdin(copy)
                counts = put_back(copy, database)
            except StoreError as error:  # where the copy lies for the moment is nobody's concern
                raise type(error)(
                    replace(one, place=copy.name if one.place == str(copy) else one.place) for one in error.problems
                ) from None
    show(say("store.put_back" if any(counts.values()) else "store.all_there", session.lang, **counts))


def _take_from_stdin(copy: Path) -> None:
    if sys.stdin is None:
        raise StoreError([Problem(copy.name, "backup_missing")])
    try:
        with copy.open("wb") as file:
            copy_stream(sys.stdin.buffer, file, MOST_COPY, SQLITE_HEAD)
    except FileTooLargeError as error:
        raise StoreError([Problem(copy.name, "file_too_large", {"most": error.most})]) from None
    except OSError:
        raise StoreFull([Problem(copy.name, "store_disk_full")]) from None


def prune(session: "Session", database: str | None, days: int, *, dry_run: bool) -> None:
    """清除已归档方案 / delete archived scenarios for good; what anything else names stays."""
    from agriplan.store.pruning import prune_archived

    scenarios, texts = prune_archived(database, days, only_count=dry_run)
    code = "store.to_prune" if dry_run else "store.pruned"
    show(say(code, session.lang, scenarios=scenarios, texts=texts, days=days))


def link(session: "Session", database: str | None, area: str, *, end: bool) -> None:
    """发放或收回链接 / make the link by which an area says who it is (AGRIPLAN_IDENTITY=links), or end its links."""
    from agriplan.store import open_store
    from agriplan.store.connecting import check_address
    from agriplan.web.tokens import hash_of, new_token

    code, _ = do_all(lambda: session.area_code(area), lambda: check_address(database, make=False))
    with open_store(database, make=False) as store:
        if end:
            name = session.baselines.areas[code].name(session.lang)
            show(say("store.links_ended", session.lang, area=name, count=store.end_links(code)))
            return
        token = new_token()
        store.make_link(code, hash_of(token))
    show(f"/enter/{token}")


DECORATORS: dict[Callable[..., None], tuple[Any, ...]] = {
    backup: (click.pass_obj, database, file),
    restore: (click.pass_obj, database, file),
    prune: (
        click.pass_obj,
        database,
        click.option(
            "--days",
            type=WholeNumber(0, MOST_DAYS),
            default=90,
            show_default=True,
            help="归档满多少天 / archived for so many days",
        ),
        click.option("--dry-run", is_flag=True, help="只计数，不清除 / only count"),
    ),
    link: (
        click.pass_obj,
        database,
        click.argument("area"),
        click.option("--end", is_flag=True, help="收回已发放的链接 / end the links that it has"),
    ),
}
