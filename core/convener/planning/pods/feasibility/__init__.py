"""Whether the inflexible rules can hold at all: what they ask of the people, quick proofs, and pods packed greedily."""
