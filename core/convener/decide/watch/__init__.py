"""What of a live register needs a human: rules broken or unknown, requirements unmet, waivers at their end."""
