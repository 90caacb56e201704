"""Bring a database to the shape that this version of agriplan expects."""

import threading

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from agriplan.errors import Problem, StoreError
from agriplan.store.connecting import reading, without_password, writing
from agriplan.store.schema import metadata

ONE_AT_A_TIME = threading.Lock()  # Alembic keeps the migration that is running in a global of the process


def migration_settings() -> Config:
    """Alembic's settings, with the migrations found inside the package wherever it is installed."""
    settings = Config()
    settings.set_main_option("script_location", "agriplan:store/migrations")
    settings.attributes["metadata"] = metadata
    return settings


def current_revision(connection: sa.Connection) -> str | None:
    """The migration a database has reached; none for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: sa.Engine, *, make: bool = True) -> bool:
    """Run the migrations that are missing; a database that is up to date is only looked at.

    Returns whether there was nothing in it. Unless it is to be made, that is an error: somebody means another one.

    Processes that start together take turns like all writers: the first migrates, the others find it done.
    Raises StoreError where a newer agriplan has been at work.
    """
    settings = migration_settings()
    scripts = ScriptDirectory.from_config(settings)
    with reading(engine) as connection:
        reached = current_revision(connection)
    if reached == scripts.get_current_head():
        return False
    if reached is None and not make:
        raise StoreError([Problem(without_password(engine.url), "store_empty")])
    if reached is not None and reached not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError([Problem(without_password(engine.url), "store_newer", {"revision": reached})])
    with ONE_AT_A_TIME, writing(engine) as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    return reached is None
