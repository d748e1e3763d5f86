"""Conflicts: who is at odds with whom, since when, what happened, and which days to watch."""
