"""The board of a search: everything on one array of whole numbers, the cells.

It begins with sizes, and with the places where arrays begin further on. The names below say where each is told:
`cells[PEOPLE]` is how many people there are, `cells[cells[SEAT] + person]` where one of them sits. That it is one array
makes calls of compiled kernels cheap. People, frames (pods to fill) and carriers (coaches) are numbers in the order of
the question; the number after the last person is nobody, who holds nothing. Every cost is one number: a breach of an
inflexible rule counts `BREACH`, more than any change can gain from flexible rules, so that `note` of `deltas` tells
both apart again.
"""

NOTHING = -1
"""No value, zone, coach or limit."""

PEOPLE = 0
FRAMES = 1
CARRIERS = 2
"""Coaches who may be allocated; none when pods have no coaches."""
COACHED = 3
"""Whether every pod needs a coach."""
BREACH = 4
"""Cost of breaking an inflexible rule by one unit."""
VALUES = 5
"""Distinct values over all columns of `mix` and flexible `same`."""
MIXES = 6
"""Columns of `mix`."""
MIXED = 7
"""((people + 1) x mixes) value of each person."""
MIX_COSTS = 8
"""(mixes)"""
ALIKES = 9
"""Columns of flexible `same`."""
ALIKE = 10
"""((people + 1) x alikes) value of each person."""
ALIKE_COSTS = 11
ORDERS = 12
"""Columns of `similar`."""
ORDERED = 13
"""((people + 1) x orders) place of each person's value in sorted order."""
ORDER_COSTS = 14
ZONES = 15
"""Zones that clash with any."""
ZONE = 16
"""(people + 1) of each person."""
COACH_ZONE = 17
"""(carriers + 1)"""
CLASH = 18
"""(zones x zones) cost of two zones in one pod."""
BOND_FIRST = 19
"""(people + 1) where each person's bonds begin: pairs of `apart` and `together`, each from both sides."""
BOND_OTHER = 20
BOND_COSTS = 21
"""Of both in one pod; below 0 for those who belong together."""
UNTIED = 22
"""Cost of all who belong together sitting apart."""
KIN = 23
"""(people + 1) the next of those whom inflexible rules keep together, in a ring; oneself when alone."""
LEAST = 24
"""(frames)"""
MOST = 25
BULK = 26
"""(people + 1) cost of a pod of so many."""
COACH_COST = 27
"""(carriers) of each pod."""
ROOM = 28
"""(carriers) pods they can take, `NOTHING` for any number."""
CARRIES = 29
DISTANCE = 30
"""(carriers) what each pod costs for the distance, as a preference."""
LIMITS = 31
"""Flexible limits to what a coach carries."""
LIMIT = 32
LIMIT_COSTS = 33
SEAT = 34
"""(people) frame of each; from here on cells change."""
SIZE = 35
"""(frames)"""
COUNTS = 36
"""(frames x values) members who hold a value."""
PRESENT = 37
"""(frames x zones) members and coach in a zone."""
CLASHING = 38
"""(frames x zones) what the zones present in a pod cost together with each other zone."""
HEAD = 39
"""(frames) one of the members, nobody when there is none."""
AFTER = 40
"""(people) the next member of one's pod, nobody after the last."""
BEFORE = 41
COACH = 42
"""(frames)"""
LOAD = 43
"""(carriers) pods taken."""
HEADER = 44
"""Where the arrays begin."""

BREACHES, COST, LIKING = 1, 2, 3
"""Where the notes of a search tell what its plan costs by inflexible rules, by flexible ones and by preferences."""
LUCK = 4
"""Where the notes hold -ln(u) in 1024ths, for `DRAWS` evenly spread u; the state of chance comes first of all."""
DRAWS = 1024
KNOT = LUCK + DRAWS
"""From here on the notes have room for people."""
