"""What a person may ask of this register: is anything held of me, correct it, I contest it.

A request is taken in by anybody's own hand on a public page, or by a clerk from paper or at a
counter. Whoever holds records answers for itself, in its own room and by its own letter: no clerk
and no other holder learns what the answer was. See docs/how-to/rights.md and ADR 0019.
"""
