"""How the database of saved scenarios came to be, step by step, for Alembic."""
