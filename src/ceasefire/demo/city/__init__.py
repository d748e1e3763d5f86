"""Rivermouth, an invented city: its agencies' files, with the planted truth beside them.

Pure and seeded: no Django, nothing of Ceasefire's own, and of numpy only Philox's raw bits. It
shares no code with the methods that are judged by it.
"""

from .generate import generate
from .truth import Truth

__all__ = ["Truth", "generate"]
