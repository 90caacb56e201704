"""The links by which areas say who they are: only hashes are kept, and every making and ending stays on record."""

from datetime import datetime

import sqlalchemy as sa

from agriplan.store.schema import link


def add_link(connection: sa.Connection, hashed: str, area: str, action: str, at: datetime) -> None:
    """Record that a link was made or ended."""
    connection.execute(sa.insert(link).values(hash=hashed, area=area, action=action, at=at))


def area_of(connection: sa.Connection, hashed: str) -> str | None:
    """The area that a link speaks for; none for one that was never made, or was ended."""
    rows = connection.execute(sa.select(link.c.area, link.c.action).where(link.c.hash == hashed).order_by(link.c.seq))
    found = rows.all()
    return None if not found or any(row.action == "end" for row in found) else str(found[0].area)


def working_links(connection: sa.Connection, area: str) -> list[str]:
    """The hashes of an area's links that still work."""
    made = connection.scalars(sa.select(link.c.hash).where(link.c.area == area, link.c.action == "make"))
    return [hashed for hashed in made if area_of(connection, hashed)]
