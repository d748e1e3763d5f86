"""A packet in words and pictures: the same panels on the page and on paper."""

from ceasefire.shooting_review.panels.report import report

__all__ = ["report"]
