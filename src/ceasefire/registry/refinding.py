"""Finds every known place again, when the city's projection or one of its layers has changed."""

import numpy as np
from django.db import connection, transaction

from ceasefire.access.policies import require_change
from ceasefire.registry.facts import FOUND_COLUMNS
from ceasefire.registry.models import Incident, SourceRecord
from ceasefire.registry.places import Found, gazetteer
from ceasefire.registry.services import city_now

ROWS = 50_000


@transaction.atomic
def places_refind() -> int:
    """Work out metres and areas again for all shootings and their records; returns how many."""
    require_change(Incident)
    places = gazetteer(city_now())
    return sum(_refind(model, places) for model in (Incident, SourceRecord))


def _refind(model, places) -> int:
    table = model._meta.db_table
    placed = model.objects.filter(latitude__isnull=False).order_by("id")
    done, last = 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE refound (id bigint, x_m float8, y_m float8, district_found text,"
            " neighbourhood_found text, in_city boolean) ON COMMIT DROP"
        )
        while rows := placed.filter(id__gt=last).values_list("id", "longitude", "latitude")[:ROWS]:
            ids, longitude, latitude = zip(*rows, strict=True)
            _copy(cursor, ids, places.find(np.array(longitude), np.array(latitude)))
            done, last = done + len(ids), ids[-1]
        changed = ", ".join(f"{column} = refound.{column}" for column in FOUND_COLUMNS)
        cursor.execute(f"UPDATE {table} SET {changed} FROM refound WHERE refound.id = {table}.id")
        cursor.execute("DROP TABLE refound")
    return done


def _copy(cursor, ids: tuple[int, ...], found: Found) -> None:
    with cursor.copy("COPY refound FROM STDIN") as copy:
        for row in zip(
            ids,
            (None if value != value else value for value in np.round(found.x_m, 2).tolist()),
            (None if value != value else value for value in np.round(found.y_m, 2).tolist()),
            (name or "" for name in found.district),
            (name or "" for name in found.neighbourhood),
            found.in_city,
            strict=True,
        ):
            copy.write_row(row)
