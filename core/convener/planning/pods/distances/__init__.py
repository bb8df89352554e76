"""Groups of people whose distances are given pair by pair: the maximally diverse grouping problem."""
