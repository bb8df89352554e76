"""Where somebody is known, and which database this is."""

from sqlalchemy import Connection, or_, select

from convener.store.schema import facts, people, programme_people


def scopes_of(connection: Connection, who: str) -> list[str]:
    """Return the programmes, as `client/programme`, that know the person with that id or address, sorted."""
    link = (programme_people.c.client == people.c.client) & (programme_people.c.id == people.c.id)
    named = or_(people.c.id == who, people.c.address == who.casefold())
    rows = connection.execute(
        select(programme_people.c.client, programme_people.c.programme).join(people, link).where(named)
    )
    return sorted({f"{row.client}/{row.programme}" for row in rows})


def instance(connection: Connection) -> str:
    """Return the name this database was given when it was made."""
    name: str = connection.execute(select(facts.c.value).where(facts.c.name == "instance")).scalar_one()
    return name
