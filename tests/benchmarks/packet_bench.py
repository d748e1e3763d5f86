"""The packet of one week with 1 year and with 20 years of history loaded.

`other` is the same packet with one year of history: the ratio says whether it grows.
"""

import json
import sys
import time

from tests.benchmarks import in_its_own_process, peak_mb, result, throw_away_home
from tests.benchmarks.intake_bench import load
from tests.benchmarks.rows import LAST_DAY, write_incidents

A_YEAR = 1_500
RUNS = 5


def packets(*, full: bool) -> list[dict]:
    measured = {years: in_its_own_process(__name__, years) for years in (1, 5, 20)}
    return [
        result(
            name=f"packet, {years} years loaded",
            ours_s=found["seconds"],
            other="with 1 year",
            other_s=measured[1]["seconds"],
            n=years * A_YEAR,
        )
        | {"peak_mb": found["peak_mb"]}
        for years, found in measured.items()
    ]


def _seconds(years: int) -> float:
    """Median seconds of a warm packet, from the database to the PDF in hand."""
    with throw_away_home() as home:
        from ceasefire.shooting_review import documents, packet
        from ceasefire.shooting_review.weeks import Week

        path = home / "incidents.csv"
        write_incidents(path, A_YEAR * years, years=years)
        load(path)
        taken = []
        for _run in range(RUNS + 1):
            begun = time.perf_counter()
            built = packet.build(Week.of(LAST_DAY))
            documents.packet_pdf(built, reader="Bench")
            taken.append(time.perf_counter() - begun)
        return sorted(taken[1:])[RUNS // 2]


if __name__ == "__main__":
    seconds = _seconds(int(sys.argv[1]))
    print(json.dumps({"seconds": seconds, "peak_mb": round(peak_mb(), 1)}))
