"""Groups: a register of statements about groups, never of labels on people.

All of it is off until the city has published a policy and recorded it here (C31).
"""
