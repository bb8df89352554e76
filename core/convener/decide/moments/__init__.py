"""Moments as ops write them, and the instants they mean: triggers, wall clocks, lateness and quiet hours."""
