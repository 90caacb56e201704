"""The links by which areas say who they are: only hashes are kept, and every making and ending stays on record."""

from datetime import datetime

import sqlalchemy as sa

from agriplan.store.schema import area_link


def add_link(connection: sa.Connection, hashed: str, area: str, action: str, at: datetime) -> None:
    """Record that a link was made or ended."""
    connection.execute(sa.insert(area_link).values(hash=hashed, area=area, action=action, at=at))


def area_by_token_hash(connection: sa.Connection, hashed: str) -> str | None:
    """The area that a link speaks for; none for one that was never made, or was ended."""
    rows = connection.execute(
        sa.select(area_link.c.area, area_link.c.action).where(area_link.c.hash == hashed).order_by(area_link.c.seq)
    )
    found = rows.all()
    return None if not found or any(row.action == "end" for row in found) else str(found[0].area)


def working_links(connection: sa.Connection, area: str) -> list[str]:
    """The hashes of an area's links that still work."""
    made = connection.scalars(sa.select(area_link.c.hash).where(area_link.c.area == area, area_link.c.action == "make"))
    return [hashed for hashed in made if area_by_token_hash(connection, hashed)]
