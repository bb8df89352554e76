"""A division explained: rule by rule, person by person, coach by coach, and what might have been instead."""
