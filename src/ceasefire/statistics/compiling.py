"""Machine code for the few loops that arrays cannot express."""


def compiled(function):
    """Compile without the interpreter lock; keep the code on disk where a directory allows it."""
    from numba import njit

    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)
