"""Whose record is it: the register's own records matched, decided, and taken back.

`linkage` says how alike two records are and knows no register; this part knows what follows.
"""
