"""One synthetic control by pysyncon, no placebo, every earlier outcome a predictor.

Run in its own environment; takes a panel as CSV (unit, time, outcome; unit 0 treated).
"""

import json
import sys
import time

import pandas
from pysyncon import Dataprep, Synth


def measured(path: str, start: int) -> dict:
    panel = pandas.read_csv(path)
    panel["unit"] = panel["unit"].astype(str)
    before = sorted(year for year in panel["time"].unique() if year < start)
    prepared = Dataprep(
        foo=panel, predictors=[], predictors_op="mean", time_predictors_prior=before,
        special_predictors=[("outcome", [year], "mean") for year in before],
        dependent="outcome", unit_variable="unit", time_variable="time", treatment_identifier="0",
        controls_identifier=[one for one in panel["unit"].unique() if one != "0"],
        time_optimize_ssr=before,
    )  # fmt: skip
    begun = time.perf_counter()
    Synth().fit(dataprep=prepared)
    return {"seconds": time.perf_counter() - begun}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[2], int(sys.argv[1]))))
