"""Ceasefire: from a shooting to what came of it."""

# Read from here, because the start script runs the source without installing it as a package.
__version__ = "0.1.0"
