"""The steps from one schema to the next, run by Alembic; `versions/` holds them and is never edited afterwards."""
