"""Ties of people to groups and to sides of conflicts. Every one of them passes this gate.

Drafted by one person on two independent sources (`criteria`), attested by another who supervises,
told to the person or delayed by a dated approval, it stands; it fades, and ends by itself. Each
step is a row that stays; what follows from it is the database's own work.
"""
