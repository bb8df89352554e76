"""When pods meet: the question, what each slot means to each pod, the solver on arrays, the words."""
