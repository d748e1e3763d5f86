"""A city's own boundary files: districts, precincts, neighbourhoods."""

from .layer import Feature, Finding, Layer
from .loading import load_layer

__all__ = ["Feature", "Finding", "Layer", "load_layer"]
