"""A programme played forward in nobody's world, for simulations and for the tests of rules."""
