"""What the problem analysis keeps."""

from ceasefire.problem_analysis.sessions import inventory  # noqa: F401
from ceasefire.problem_analysis.study import inventory as studies  # noqa: F401
