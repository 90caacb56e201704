"""Scenarios by content, and the record of their names; the database itself refuses changes to either.

There is no way down: undoing this step would delete what was saved.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEPT_FOR_GOOD = ("scenario", "revision")


def upgrade() -> None:
    create_scenario()
    create_revision()
    refuse = {"sqlite": refuse_changes_sqlite, "postgresql": refuse_changes_postgresql}
    refuse[op.get_bind().dialect.name]()


def create_scenario() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.String(64), nullable=False, comment="sha256 of body, in hex"),
        sa.Column("body", sa.Text, nullable=False, comment="canonical JSON"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="first saved"),
        sa.PrimaryKeyConstraint("id", name="pk_scenario"),
    )


def create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True, comment="order of the changes"),
        sa.Column("line", sa.Integer, nullable=False, comment="one named scenario through all renames"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scenario_id", sa.String(64), nullable=False),
        sa.Column("action", sa.String(7), nullable=False),
        sa.Column("supersedes", sa.Integer),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name="fk_revision_scenario_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["revision.seq"], name="fk_revision_supersedes"),
        sa.UniqueConstraint("supersedes", name="uq_revision_supersedes"),
        sa.CheckConstraint("action IN ('save', 'rename', 'archive', 'restore')", name=op.f("ck_revision_action")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revision_line", "revision", ["line"])
    op.create_index("ix_revision_name", "revision", ["name"])


def refuse_changes_sqlite() -> None:
    for table in KEPT_FOR_GOOD:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'what was saved is never changed'); END"
            )


def refuse_changes_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION agriplan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was saved is never changed'; END $$"
    )
    for table in KEPT_FOR_GOOD:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION agriplan_refuse_change()"
        )
