"""The one way out for tables: who, what, for which purpose, for how long, seen by whom else."""
