"""The second wall: PostgreSQL itself refuses what the policies refuse.

`blueprint` turns the declared policies into schemas, grants and row security; `functions.sql` tells
the database who is asking; `proof` is what the asker shows; `engine` shows it, in each transaction.
"""
