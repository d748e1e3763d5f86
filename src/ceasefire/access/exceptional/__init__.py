"""Break-glass: one hidden record of the own room, for an hour at most, reasoned and reviewed.

It is a door of its own and no part of any policy: a model that declares `Policy(glass=Glass(...))`
gets a function of the database that returns the one row of a live opening. Lists, searches,
exports and changes go through row security, which knows nothing of openings.
"""
