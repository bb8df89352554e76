"""How much a clause may be and do, so that none can hang a tick or eat its memory.

Together they bound one evaluation to a few thousand steps over values of known size.
"""

LONGEST = 2_000
"""Characters a clause may have."""
DEEPEST = 24
"""Levels of operators, calls and brackets; official CEL stops at 32."""
LONGEST_TEXT = 10_000
"""Characters a text may grow to by `+`; a longer one is unknown."""
LONGEST_LIST = 256
"""Values a list that is a fact may have; a longer one is unknown."""
COSTLIEST = 10_000
"""Steps a clause may take when every list it speaks of is as long as it may be."""
