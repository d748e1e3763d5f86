"""Near repeats by pointpats, Gi* by esda, density by scikit-learn, in an environment of its own.

Takes a folder of arrays and a list of tasks, each (what, file, settings); prints seconds and answer
of each. `knox` shuffles the caller's times in place, so it is given a copy; its first calls, and
those of `Knox`, are not counted, since numba compiles there.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def old_knox(x, y, t, shuffles):
    from pointpats import knox

    found = knox(np.column_stack([x, y]), t.copy()[:, None], delta=400, tau=14,
                 permutations=shuffles)  # fmt: skip
    return int(found["stat"])


def new_knox(x, y, t, shuffles):
    from pointpats import Knox

    found = Knox(np.column_stack([x, y]), t[:, None], delta=400, tau=14, permutations=shuffles)
    return int(found.statistic_)


def local_knox(x, y, t, shuffles):
    from pointpats import KnoxLocal

    points, times = np.column_stack([x, y]), t[:, None]
    found = KnoxLocal(points, times, delta=400, tau=14, permutations=shuffles)
    return int(np.asarray(found.nsti).sum())


def gi_star(values):
    from esda.getisord import G_Local
    from libpysal.weights import fill_diagonal, lat2W

    near = fill_diagonal(lat2W(*values.shape, rook=False), 1.0)
    near.transform = "B"
    begun = time.perf_counter()
    found = G_Local(values.ravel(), near, transform="B", permutations=0, star=True)
    return time.perf_counter() - begun, found.Zs.tolist()


def density(x, y, x_grid, y_grid):
    from sklearn.neighbors import KernelDensity

    at = np.column_stack([axis.ravel() for axis in np.meshgrid(x_grid, y_grid)])
    begun = time.perf_counter()
    fitted = KernelDensity(bandwidth=400, kernel="gaussian").fit(np.column_stack([x, y]))
    found = np.exp(fitted.score_samples(at))
    return time.perf_counter() - begun, found.tolist()


TIMED = {"gi_star": gi_star, "density": density}
CALLED = {"old_knox": old_knox, "new_knox": new_knox, "local_knox": local_knox}


def measured(what, path, shuffles):
    arrays = list(np.load(path).values())
    if what in TIMED:
        seconds, answer = TIMED[what](*arrays)
        return {"seconds": seconds, "answer": answer}
    call = CALLED[what]
    few = [one[:50] for one in arrays]
    call(*few, 9)
    begun = time.perf_counter()
    answer = call(*arrays, shuffles)
    return {"seconds": time.perf_counter() - begun, "answer": answer}


tasks = json.loads(sys.argv[1])
print(json.dumps([measured(*task) for task in tasks]))
