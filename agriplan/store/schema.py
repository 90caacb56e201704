"""The tables of the store: what was saved, what became of its names, who may say so. Rows are only ever added."""

from datetime import UTC, datetime

import sqlalchemy as sa

ACTIONS = ("save", "rename", "archive", "restore")

metadata = sa.MetaData(
    # Named constraints, so that a later migration can find them on either database.
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the time zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: object, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Every moment that is read is in UTC and says so."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


scenario = sa.Table(
    "scenario",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True, comment="sha256 of body, in hex"),
    sa.Column("body", sa.Text, nullable=False, comment="canonical JSON"),
    sa.Column("at", UtcTime, nullable=False, comment="first saved"),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True, comment="order of the changes"),
    sa.Column("line", sa.Integer, nullable=False, index=True, comment="one named scenario through all renames"),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("scenario_id", sa.String(64), sa.ForeignKey("scenario.id"), nullable=False),
    sa.Column("action", sa.String(7), nullable=False),
    # Unique: a revision is superseded once, so a line can never fork, whoever writes.
    sa.Column("supersedes", sa.Integer, sa.ForeignKey("revision.seq"), unique=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False, server_default=""),
    sa.CheckConstraint(sa.column("action").in_(ACTIONS), name="action"),
    sqlite_autoincrement=True,
)

area_link = sa.Table(
    "link",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("hash", sa.String(64), nullable=False, index=True, comment="sha256 of the secret part, in hex"),
    sa.Column("area", sa.String(20), nullable=False),
    sa.Column("action", sa.String(7), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.CheckConstraint(sa.column("action").in_(("make", "end")), name="action"),
    sqlite_autoincrement=True,
)
