"""`simulate`: a year of a programme rehearsed in seconds, drop-outs included; afterwards nothing has changed."""

from convener.operations.simulate.digest import Day, Simulation
from convener.operations.simulate.picture import calendar, refuse_ending, totals, write_picture
from convener.operations.simulate.simulate import Wish, simulate

__all__ = ["Day", "Simulation", "Wish", "calendar", "refuse_ending", "simulate", "totals", "write_picture"]
