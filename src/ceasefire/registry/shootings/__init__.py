"""Shootings as a reader counts them: bounded windows of the register, now or as once known."""
