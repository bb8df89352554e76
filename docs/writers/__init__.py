"""What writes the reference pages, one module for each source of truth."""
