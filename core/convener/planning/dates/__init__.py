"""When pods meet: the question, paths through the slots, shared coaches, the words."""
