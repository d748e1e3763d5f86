"""The study: every table of a problem analysis from the register, frozen as editions."""
