"""Loading a file of incidents, against PostgreSQL's own COPY of the same rows into the same final
tables with their indexes and history, as owner.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import in_its_own_process, result, throw_away_home
from tests.benchmarks.rows import write_incidents

SIZES = (10_000, 100_000, 1_000_000)
BLOCK = 1 << 20


def loading(*, full: bool) -> list[dict]:
    sizes = SIZES if full else SIZES[:2]
    return [in_its_own_process(__name__, n) for n in sizes]


def _one_size(n: int) -> dict:
    with throw_away_home() as home:
        path = home / f"incidents-{n}.csv"
        write_incidents(path, n)
        ours = load(path)
        floor = _copy_again()
        return result(
            name="load a file", ours_s=ours, other="COPY into the same tables", other_s=floor, n=n
        )


def load(path: Path) -> float:
    """Seconds from a file on disk to a register that holds it, mapping proposal included."""
    from ceasefire.access.models import Agency
    from ceasefire.access.services import agency_record
    from ceasefire.intake import loading, services
    from ceasefire.registry.services import city_set

    city_set(name="Bench", time_zone="America/Los_Angeles", projected_system=32610)
    police = agency_record(name="Bench Police", kind=Agency.Kind.POLICE)
    feed = services.feed_open(name="bench", agency=police)
    begun = time.perf_counter()
    loading.load(path, feed=feed)
    return time.perf_counter() - begun


def _copy_again() -> float:
    """Seconds that COPY alone takes for the rows that the load wrote."""
    from django.db import connections

    from ceasefire.registry.models import Incident, SourceRecord

    with tempfile.TemporaryDirectory() as folder, connections["owner"].cursor() as cursor:
        files = [_dump(cursor, model, Path(folder)) for model in (Incident, SourceRecord)]
        cursor.execute("TRUNCATE registry_incident, registry_sourcerecord, registry_victim CASCADE")
        cursor.execute("CHECKPOINT")
        begun = time.perf_counter()
        for command, path in files:
            with open(path, "rb") as file, cursor.copy(command + " FROM STDIN") as copy:
                while block := file.read(BLOCK):
                    copy.write(block)
        return time.perf_counter() - begun


def _dump(cursor, model, folder: Path) -> tuple[str, Path]:
    columns = [field.column for field in model._meta.local_concrete_fields if not field.generated]
    command = f"COPY {model._meta.db_table} ({', '.join(columns)})"
    path = folder / model._meta.db_table
    with open(path, "wb") as file, cursor.copy(command + " TO STDOUT") as copy:
        for block in copy:
            file.write(block)
    return command, path


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
