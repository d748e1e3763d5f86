"""How many persons an account may read in an hour and a day, and what happens beyond that.

The database counts, from the audit log, in the transaction that writes the row: what goes beyond
is refused there (`reading_require` in the migrations). Here: the page that asks for the second
step, the alert in the reviewers' queue, and the budgets themselves.
"""
