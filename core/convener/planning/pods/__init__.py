"""Who sits with whom: the question, the model, the coaches, the words."""
