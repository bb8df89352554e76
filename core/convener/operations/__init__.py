"""One module a verb: each loads the register, asks a pure function, and writes the outcome in one transaction."""
