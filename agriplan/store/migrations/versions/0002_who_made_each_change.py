"""Who made each change, and the links by which leagues say who they are.

What was changed before this step was changed by nobody whose name is known.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("revision", sa.Column("who", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "link",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("hash", sa.String(64), nullable=False, comment="sha256 of the secret part, in hex"),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("action", sa.String(7), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("action IN ('make', 'end')", name=op.f("ck_link_action")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_hash", "link", ["hash"])
    refuse = {"sqlite": refuse_changes_sqlite, "postgresql": refuse_changes_postgresql}
    refuse[op.get_bind().dialect.name]()


def refuse_changes_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER link_no_{change.lower()} BEFORE {change} ON link "
            f"BEGIN SELECT RAISE(ABORT, 'what was saved is never changed'); END"
        )


def refuse_changes_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER link_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON link "
        "FOR EACH STATEMENT EXECUTE FUNCTION agriplan_refuse_change()"
    )
