"""Confidential values are sealed before the database sees them, and can be destroyed for good.

A room key (outside the database) wraps record keys; a record key seals the values of one record,
each bound to its own table, column and row. Destroying the record key destroys the values, in
every copy. Search goes through keyed hashes.
"""
