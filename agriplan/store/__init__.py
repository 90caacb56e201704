"""Saved scenarios in a database, SQLite or PostgreSQL.

A scenario is kept under the hash of its canonical JSON; a record of changes says which name stands for which
scenario. Both only grow: saving again, renaming, archiving add an entry that supersedes the one before.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/agriplan.sqlite3") as store:
...     first = store.save("通辽提速", '{"note":"first"}')
...     second = store.save("通辽提速", '{"note":"second"}')
...     [entry.seq for entry in store.list()], [entry.seq for entry in store.history("通辽提速")]
([2], [2, 1])
"""

from agriplan.store.connecting import default_database_path
from agriplan.store.entries import MOST_BODY_BYTES, MOST_REVISIONS, MOST_SCENARIOS, Limits, Saved, text_id
from agriplan.store.scenarios import NEW_NAME, Store, open_store

__all__ = [
    "MOST_BODY_BYTES",
    "MOST_REVISIONS",
    "MOST_SCENARIOS",
    "NEW_NAME",
    "Limits",
    "Saved",
    "Store",
    "default_database_path",
    "open_store",
    "text_id",
]
