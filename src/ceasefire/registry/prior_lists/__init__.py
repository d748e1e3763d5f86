"""Lists of people from an earlier programme: each row is attested by itself, or destroyed.

Nothing of a row enters the register before somebody has attested that one row (ADR 0024).
"""
