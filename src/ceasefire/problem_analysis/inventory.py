"""What the problem analysis keeps."""

from ceasefire.problem_analysis.sessions import inventory  # noqa: F401
