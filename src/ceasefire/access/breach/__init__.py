"""The breach kit: what a suspected account or agency saw, which duties run, letters, who did what.

What was seen is never copied: the audit log answers it anew, the same each time, in one query.
"""
