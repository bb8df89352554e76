"""What clauses do with lists, which are tuples once they are inside."""

from convener.expressions.budgets import LONGEST_LIST


def listed(value: object) -> tuple[object, ...] | None:
    """Return the values of a fact that is a list; None when it is unknown, not whole, or longer than any may be."""
    if not isinstance(value, list | tuple) or len(value) > LONGEST_LIST or None in value:
        return None
    return tuple(value)


def item(values: tuple[object, ...], place: int) -> object:
    """Return the value at *place*, counted from 0; None where there is none."""
    return values[place] if 0 <= place < len(values) else None


def holds(value: float, values: tuple[float, ...]) -> bool:
    """Tell whether *value* is one of *values*; what is no number is not even itself, which `in` overlooks."""
    return any(value == each for each in values)


def same(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    """Tell whether two lists of numbers are equal; what is no number is not even itself, which `==` overlooks."""
    return len(left) == len(right) and all(one == other for one, other in zip(left, right, strict=True))


def differ(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    """Tell whether two lists of numbers are not equal."""
    return not same(left, right)
