"""Tests of rules: written beside them in TOML, run by the daemon's own loader and decision, and tested themselves."""

from convener.operations.scenarios.coverage import Coverage, OwnerCoverage
from convener.operations.scenarios.examination import Examination, examine
from convener.operations.scenarios.loading import problems_of, suite_names, wanted_suites
from convener.operations.scenarios.mutation import Mutation

__all__ = [
    "Coverage", "Examination", "Mutation", "OwnerCoverage", "examine", "problems_of", "suite_names", "wanted_suites",
]  # fmt: skip
