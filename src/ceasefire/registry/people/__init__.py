"""People: one person, many source records, and what agencies said happened to them.

A person has no name of their own here: every value is a record's, and each record says whose.
"""
