"""Proposed pods and dates as pages that people discuss: every value ready to print, every chart ready to draw."""

from convener.reporting.proposals.dates import dates_page
from convener.reporting.proposals.pods import pods_page

__all__ = ["dates_page", "pods_page"]
