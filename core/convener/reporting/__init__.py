"""Figures from the register for those who may see them: pure, counted out, as of a day."""

from convener.reporting.client import client_report
from convener.reporting.exports import report_csv, report_json
from convener.reporting.figures import Column, Figure, Report, Table
from convener.reporting.page import report_context

__all__ = ["Column", "Figure", "Report", "Table", "client_report", "report_context", "report_csv", "report_json"]
