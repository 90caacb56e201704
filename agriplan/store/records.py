"""The queries of the store: read the record of changes, and add to it. Nothing here updates or deletes."""

from datetime import datetime

import sqlalchemy as sa

from agriplan.store.entries import Action, Saved
from agriplan.store.schema import revision, scenario

later = revision.alias("later")
# The newest revision of every line is the one that no other supersedes.
NEWEST = ~sa.exists().where(later.c.supersedes == revision.c.seq)
ENTRY = sa.select(*(revision.c[name] for name in ("seq", "name", "scenario_id", "action", "supersedes", "at", "who")))


def newest_of_each(connection: sa.Connection, archived: bool) -> tuple[Saved, ...]:
    """The current entry of every named scenario, put away or not, last changed first."""
    put_away = revision.c.action == "archive"
    rows = connection.execute(ENTRY.where(NEWEST, put_away if archived else ~put_away).order_by(revision.c.seq.desc()))
    return tuple(Saved(*row) for row in rows)


def newest_called(connection: sa.Connection, name: str) -> Saved | None:
    """The current entry of the scenario of that name; none if no scenario is called so now."""
    row = connection.execute(ENTRY.where(NEWEST, revision.c.name == name)).one_or_none()
    return None if row is None else Saved(*row)


def line_by_name(name: str) -> sa.ScalarSelect[int]:
    """The line that has the name now or, failing that, had it last."""
    called = sa.select(revision.c.line).where(revision.c.name == name)
    return called.order_by(revision.c.seq.desc()).limit(1).scalar_subquery()


def all_of(connection: sa.Connection, name: str) -> tuple[Saved, ...]:
    """Every entry of the scenario of that name, through all renames, newest first."""
    rows = connection.execute(ENTRY.where(revision.c.line == line_by_name(name)).order_by(revision.c.seq.desc()))
    return tuple(Saved(*row) for row in rows)


def body_of(connection: sa.Connection, scenario_id: str) -> str | None:
    """The text kept under an id."""
    return connection.scalar(sa.select(scenario.c.body).where(scenario.c.id == scenario_id))


def scenarios_kept(connection: sa.Connection) -> int:
    """How many different texts are kept."""
    return connection.scalar(sa.select(sa.func.count()).select_from(scenario)) or 0


def revisions_kept(connection: sa.Connection) -> int:
    """How many entries the record has."""
    return connection.scalar(sa.select(sa.func.count()).select_from(revision)) or 0


def add_body(connection: sa.Connection, scenario_id: str, body: str, at: datetime) -> None:
    """Keep a text that was not kept before."""
    connection.execute(sa.insert(scenario).values(id=scenario_id, body=body, at=at))


def add_entry(
    connection: sa.Connection,
    before: Saved | None,
    name: str,
    scenario_id: str,
    action: Action,
    at: datetime,
    who: str = "",
) -> Saved:
    """Add an entry to the line of the one before it, or begin a line; the caller is the only writer."""
    supersedes = None if before is None else before.seq
    seq = connection.execute(
        sa.insert(revision)
        .values(
            line=new_line() if before is None else same_line(before),
            name=name,
            scenario_id=scenario_id,
            action=action,
            supersedes=supersedes,
            at=at,
            who=who,
        )
        .returning(revision.c.seq)
    ).scalar_one()
    return Saved(seq, name, scenario_id, action, supersedes, at, who)


def new_line() -> sa.ScalarSelect[int]:
    """A number that no line has yet."""
    known = revision.alias("known")
    return sa.select(sa.func.coalesce(sa.func.max(known.c.line), 0) + 1).scalar_subquery()


def same_line(before: Saved) -> sa.ScalarSelect[int]:
    """The number of the line that an entry belongs to."""
    known = revision.alias("known")
    return sa.select(known.c.line).where(known.c.seq == before.seq).scalar_subquery()
