"""The problem analysis's work in the background, where the queue looks for it."""

from ceasefire.problem_analysis.study.jobs import build_study  # noqa: F401
