"""A whole problem analysis of an invented city with some 2,000 shootings a year, its people,
arrests, groups and reviews; `other` is PostgreSQL's own COPY of the rows that it reads.

`pdf_s`: seconds to write its files (PDF, workbook, pictures) besides. `peak_mb` is all that the
process holds at most while the study is built, the interpreter included.
"""

import json
import sys
import time
from datetime import date

from tests.benchmarks import in_its_own_process, throw_away_home
from tests.benchmarks.statistics_bench import high_mark, low_mark

SCALE = 3
YEARS = (5, 10, 20)


def study(*, full: bool) -> list[dict]:
    return [in_its_own_process(__name__, years) for years in (YEARS if full else (2, 3, 4))]


def _one_size(years: int) -> dict:
    with throw_away_home() as home:
        from ceasefire.demo import building
        from ceasefire.demo.city import generate

        folder = home / "city"
        end = date.fromisoformat(generate(folder, scale=SCALE, years=years).facts["end"])
        building.build(folder)
        return _measured(home, date(end.year - years + 1, 1, 1), end)


def _measured(home, starts: date, ends: date) -> dict:
    from ceasefire.access import identity
    from ceasefire.access.purposes.services import stating
    from ceasefire.demo.files import actor, looked_for
    from ceasefire.problem_analysis.study import files, services

    floor_s = _copy_s()
    with identity.acting(actor("analyst")), stating(looked_for()):
        planned = services.study_plan(title="Bench", starts=starts, ends=ends)
        low_mark()
        begun = time.perf_counter()
        edition = services.edition_build(study=planned)
        ours_s, peak = time.perf_counter() - begun, high_mark()
        begun = time.perf_counter()
        files.write(edition, home / "out", reader="Bench")
        pdf_s = time.perf_counter() - begun
    years = next(one for one in edition.items if one["number"] == "T1")["tables"][0]["rows"]
    return {
        "name": f"study of {ends.year - starts.year + 1} years",
        "method": "a whole study",
        "ours_s": ours_s,
        "other": "COPY of the rows it reads",
        "other_s": floor_s,
        "ratio": floor_s / ours_s,
        "n": int(sum(row["cells"][0] for row in years)),
        "peak_mb": round(peak, 1),
        "pdf_s": pdf_s,
        "told": sum(bool(one["tables"]) for one in edition.items),
    }


def _copy_s() -> float:
    from django.db import connections

    from ceasefire.registry.models import Incident, Victim
    from ceasefire.registry.people.models import Contact, Involvement, SupervisionTerm

    begun = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        for model in (Incident, Victim, Involvement, Contact, SupervisionTerm):
            with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as rows:
                for _block in rows:
                    pass
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
