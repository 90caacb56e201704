"""What the administrator of a service does: copies of the store, clearing it, links for the areas."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agriplan.errors import BaselinesError, Problem, did_you_mean

if TYPE_CHECKING:
    from agriplan.commands.session import Session

Tells = Callable[[Callable[..., None]], Callable[..., None]]

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


def backup(database: str | None, file: Path) -> None:
    """备份已存方案 / copy the store into a new file, also while it serves."""
    from agriplan.store.backup import back_up

    click.echo(" ".join(f"{name}={count}" for name, count in back_up(database, file).items()))


def restore(database: str | None, file: Path) -> None:
    """恢复备份 / put a copy back, into an empty database or one that holds a part of it."""
    from agriplan.store.backup import put_back

    click.echo(" ".join(f"{name}={count}" for name, count in put_back(file, database).items()))


def prune(database: str | None, days: int, *, dry_run: bool) -> None:
    """清除已归档方案 / delete archived scenarios for good; what anything else names stays."""
    from agriplan.store.pruning import prune_archived

    scenarios, texts = prune_archived(database, days, only_count=dry_run)
    click.echo(f"scenarios={scenarios} texts={texts}")


def link(session: "Session", database: str | None, area: str, *, end: bool) -> None:
    """发放或收回链接 / make the link by which an area says who it is (AGRIPLAN_IDENTITY=links), or end its links."""
    from agriplan.store import open_store
    from agriplan.web.tokens import hash_of, new_token

    found = session.baselines.find_area(area)
    if found is None:
        known = [name for one in session.baselines.areas.values() for name in (one.code, one.name_zh, one.name_en)]
        raise BaselinesError([Problem("", "unknown_area", {"word": area}, did_you_mean(area, known))])
    with open_store(database, make=False) as store:
        if end:
            click.echo(f"ended={store.end_links(found.code)}")
            return
        token = new_token()
        store.make_link(found.code, hash_of(token))
    click.echo(f"/enter/{token}")


DECORATORS: dict[Callable[..., None], tuple[Any, ...]] = {
    backup: (database, file),
    restore: (database, file),
    prune: (
        database,
        click.option(
            "--days", type=click.IntRange(0), default=90, show_default=True, help="归档已久 / archived so long"
        ),
        click.option("--dry-run", is_flag=True, help="只计数 / only count"),
    ),
    link: (
        click.pass_obj,
        database,
        click.argument("area"),
        click.option("--end", is_flag=True, help="收回 / end the links that it has"),
    ),
}
