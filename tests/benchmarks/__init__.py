"""`./ceasefire bench NAME...`: each benchmark prints its ratio to a named peer or floor.

A benchmark is a function of `full` (bool) that returns a list of results; `other` names the peer
or floor that ran on the same rows, in the same run, on the same machine.
"""

import importlib
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRODUCT = {
    "audit": "tests.benchmarks.audit_bench:audit",
    "budgets": "tests.benchmarks.budgets_bench:budgets",
    "linkage": "tests.benchmarks.linkage_bench:linkage",
    "links": "tests.benchmarks.links_bench:links",
    "intake": "tests.benchmarks.intake_bench:loading",
    "walls": "tests.benchmarks.walls_bench:walls",
    "hidden": "tests.benchmarks.hidden_bench:hidden",
    "packet": "tests.benchmarks.packet_bench:packets",
    "search": "tests.benchmarks.search_bench:search",
    "study": "tests.benchmarks.study_bench:study",
    "search_hidden": "tests.benchmarks.search_bench:search_hidden",
}
STATISTICS = {
    name: f"tests.benchmarks.statistics_bench:{name}"
    for name in (
        *("near_repeat", "near_repeat_table", "near_repeat_without_shuffles", "chains", "local"),
        *("kde", "getis_ord_star"),
    )
} | {
    name: f"tests.benchmarks.networks_bench:{name}"
    for name in (
        *("fewest", "fewest_beside_solver", "most"),
        *("exposure", "lag_curve", "small_cells"),
    )
}
STATISTICS |= {
    name: f"tests.benchmarks.evaluation_bench:{name}"
    for name in ("synthetic_control", "group_effects", "evaluation_nulls")
}
STATISTICS |= {
    name: f"tests.benchmarks.excitation_bench:{name}"
    for name in ("excitation_in_time", "excitation_in_space")
}
STATISTICS |= {
    name: f"tests.benchmarks.named_bench:{name}"
    for name in ("knox_named", "local_named", "density_named", "gi_star_named", "new_york_table")
}
BENCHMARKS = PRODUCT | STATISTICS


def run(names: list[str], *, full: bool) -> dict:
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        from ceasefire.config.running import Refused

        raise Refused(f"No benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.")
    results = [result for name in names for result in _measured(name, full)]
    for result in results:
        print(_line(result), file=sys.stderr)
    return {"results": results}


def _measured(name: str, full: bool) -> list[dict]:
    module, function = BENCHMARKS[name].split(":")
    measure = getattr(importlib.import_module(module), function)
    return measure(full=full) if name in PRODUCT else measure()


def _line(result: dict) -> str:
    return (
        f"{result['name']:<28} n={result['n']:<10,} ours {_time(result['ours_s'])}   "
        f"{result['other']}: {_time(result['other_s'])}   "
        f"{_times(result['ratio'])}   peak {result['peak_mb']:.0f} MB"
    )


def _times(ratio: float) -> str:
    return f"{ratio:,.1f} times as fast" if ratio >= 2 else f"{1 / ratio:.2f} times as long"


def _time(seconds: float) -> str:
    return f"{seconds:8.3f} s " if seconds >= 0.1 else f"{seconds * 1000:8.3f} ms"


def result(*, name: str, ours_s: float, other: str, other_s: float, n: int) -> dict:
    return {
        "name": name,
        "ours_s": round(ours_s, 6),
        "other": other,
        "other_s": round(other_s, 6),
        "ratio": round(other_s / ours_s, 4),
        "n": n,
        "peak_mb": round(peak_mb(), 1),
    }


def in_its_own_process(module: str, *words) -> dict:
    """What a module prints as JSON, so that each size has its own memory and its own database."""
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A home of its own with a database that keeps its promises (no shortcuts on durability)."""
    from ceasefire.access import identity
    from ceasefire.config.home import Home
    from ceasefire.config.running import product

    with tempfile.TemporaryDirectory(prefix="ceasefire-bench-") as folder:
        Path(folder).chmod(0o711)
        home = Home(Path(folder))
        with product(home), identity.acting(identity.OPERATOR):
            yield home.path
