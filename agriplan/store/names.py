"""Which name a scenario may take: none that a person would take for another one, or for a scenario without a name."""

import sqlalchemy as sa

from agriplan.analysis.unnamed import is_reserved
from agriplan.errors import Problem, StoreConflict, StoreError
from agriplan.store import records
from agriplan.store.lookalikes import look_alike


def check_reserved(name: str) -> None:
    """Raise StoreError for a name that a person would take for the default, or for changes that nobody has saved."""
    if is_reserved(name, look_alike):
        raise StoreError([Problem("name", "store_name_reserved", {"name": name})])


def check_lookalikes(connection: sa.Connection, name: str, but: str = "") -> None:
    """Raise StoreConflict where another scenario has a name that a person would take for this one."""
    for archived in (False, True):
        for other in records.newest_of_each(connection, archived):
            if other.name not in {name, but} and look_alike(other.name, name):
                raise StoreConflict([Problem("name", "store_name_alike", {"name": other.name})])
