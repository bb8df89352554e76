"""Many texts in one bound value: a thousand placeholders take longer to read than to answer."""

import json
from collections.abc import Iterable

from sqlalchemy import JSON, BindParameter, Connection, Select, bindparam, cast, func, select


def listed(connection: Connection, texts: Iterable[str]) -> Select[tuple[str]]:
    """Return the question whose rows are *texts*, for use with IN, however many they are."""
    said: BindParameter[str] = bindparam(None, json.dumps(list(texts)))
    if connection.dialect.name == "postgresql":
        return select(func.json_array_elements_text(cast(said, JSON)).table_valued("value").c.value)
    return select(func.json_each(said).table_valued("value").c.value)
