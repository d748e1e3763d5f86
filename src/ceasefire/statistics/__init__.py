"""Statistics for a shooting-reduction programme: arrays in, results out.

Each method lives in a module of its own, loaded when first used, so that
``import ceasefire.statistics`` costs nothing. Distances are metres and times are days
throughout; nothing here knows a database, a web page or a person.
"""

from importlib import import_module
from pkgutil import iter_modules

__all__ = sorted(found.name for found in iter_modules(__path__))


def __getattr__(name):
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return __all__
