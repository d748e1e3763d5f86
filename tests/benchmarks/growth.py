"""`python -m tests.benchmarks.growth RESULTS.json... --out growth.svg`: how cost grows with size.

RESULTS are what `./ceasefire bench NAME... --json` printed. Each method of three sizes or more has
a panel, both axes logarithmic: time of ours and of what stands beside it against the size.
"""

import argparse
import json
import math
from pathlib import Path

import matplotlib.pyplot as plt

OURS, OTHER, ACROSS = "#2b5c8a", "#9a6b1f", 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rows = [row for path in arguments.results for row in json.loads(path.read_text())["results"]]
    drawn({key: of for key, of in grouped(rows).items() if len(of) >= 3}, arguments.out)


def grouped(rows: list[dict]) -> dict[tuple[str, str], list[dict]]:
    """(method, what stands beside it) -> its rows, smallest first."""
    found: dict[tuple[str, str], list[dict]] = {}
    for row in sorted(rows, key=lambda one: one["n"]):
        found.setdefault((row.get("method", row["name"]), row["other"]), []).append(row)
    return found


def drawn(panels: dict[tuple[str, str], list[dict]], out: Path) -> None:
    """A panel for each, with the slope between the smallest and the largest size of ours."""
    down = math.ceil(len(panels) / ACROSS)
    figure, axes = plt.subplots(down, ACROSS, figsize=(9, 2.3 * down), layout="constrained",
                                squeeze=False)  # fmt: skip
    for axis in axes.ravel()[len(panels) :]:
        axis.set_visible(False)
    for axis, ((name, other), rows) in zip(axes.ravel(), panels.items(), strict=False):
        n = [row["n"] for row in rows]
        ours = [row["ours_s"] for row in rows]
        axis.loglog(n, ours, "o-", color=OURS, markersize=4)
        axis.loglog(n, [row["other_s"] for row in rows], "s--", color=OTHER, markersize=4)
        slope = math.log(ours[-1] / ours[0]) / math.log(n[-1] / n[0])
        axis.set_title(f"{name}: n to the power {slope:.1f}\nbeside {other}", fontsize=7.5)
        axis.tick_params(labelsize=7, which="both")
        axis.minorticks_off()
    figure.supylabel("seconds (solid: ours; broken: beside)", fontsize=8)
    figure.supxlabel("events, people or cells", fontsize=8)
    figure.savefig(out, dpi=110)


if __name__ == "__main__":
    main()
