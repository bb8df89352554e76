"""For tests of plugins and of the core: in-memory twins of every port and the contracts that all plugins keep."""
