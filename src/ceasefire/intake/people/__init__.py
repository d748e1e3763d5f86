"""Files about people: who was in a shooting, who was arrested, supervised, booked, sentenced.

A file is read again when it is applied, so that no name waits in a table of its own.
"""
