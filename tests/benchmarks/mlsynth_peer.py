"""Synthetic control with every placebo by mlsynth, outcome alone: run in its own environment.

Takes panels as CSV (unit, time, outcome; unit 0 treated from the time given), prints seconds (the
best of three), effect and rank of each.
"""

import json
import sys
import time
import warnings

import pandas
from mlsynth import VanillaSC

warnings.filterwarnings("ignore")


def measured(path: str, start: int) -> dict:
    panel = pandas.read_csv(path)
    panel["treated"] = ((panel["unit"] == 0) & (panel["time"] >= start)).astype(int)
    settings = {"df": panel, "outcome": "outcome", "treat": "treated", "unitid": "unit",
                "time": "time", "display_graphs": False, "inference": "placebo"}  # fmt: skip
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        found = VanillaSC(settings).fit()
        seconds.append(time.perf_counter() - begun)
    rank = found.inference.details["rank"]
    return {"seconds": min(seconds), "effect": float(found.effects.att), "rank": int(rank)}


if __name__ == "__main__":
    print(json.dumps([measured(path, int(sys.argv[1])) for path in sys.argv[2:]]))
