"""Rules that cannot hold together, told before anybody tries: only what is certain whoever the people are.

Inflexible rules that contradict each other are an error. Where a flexible one is among them it can never be kept,
which is a warning.
"""

from convener.rulesets.contradictions.search import contradictions

__all__ = ["contradictions"]
