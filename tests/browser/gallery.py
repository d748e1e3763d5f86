"""One page with every component on it, for tests only."""

import math

from django import forms
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import include, path

from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.kit import maps
from ceasefire.kit.charts import (
    Bar,
    Named,
    Range,
    Step,
    bars_with_band,
    hour_grid,
    named_bars,
    range_plot,
    sparkline,
    time_strip,
)
from ceasefire.kit.tables import Badge, Link, Number

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-75.2, 39.9], [-75.1, 39.9], [-75.1, 40.0], [-75.2, 40.0], [-75.2, 39.9]]],
}
KINDS = [
    maps.Kind("fatal", "Fatal shooting", "diamond"),
    maps.Kind("injury", "Injury shooting", "circle"),
    maps.Kind("none", "No injury", "cross"),
]
POINTS = [
    maps.Point(39.92 + i / 150, -75.18 + i / 120, ["fatal", "injury", "none"][i % 3], f"R-{i}", "/")
    for i in range(8)
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Everything(forms.Form):
    name = forms.CharField(help_text="As the city writes it.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "One"), ("b", "Two")])
    stands = forms.ChoiceField(
        choices=[("r", "resolved"), ("c", "cooled for now")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I have read it")
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


def charts():
    counts = [[(day * hour) % 5 for hour in range(24)] for day in range(7)]
    words = {"title": "A chart", "sentence": "What it shows."}
    weeks = [Bar(f"W{n}", n % 9, 2, 4, 6, href=f"/?w={n}", current=n == 12) for n in range(1, 13)]
    yield bars_with_band(weeks, unit="incidents", **words)
    steps = [Step(f"Week {n}", n % 7, f"/?w={n}", str(n) if n % 4 == 1 else "") for n in range(26)]
    yield time_strip(steps, unit="incidents", **words)
    named = [Named("North", 4, 9, "/?d=n"), Named("South", 12, 3, "/?d=s")]
    yield named_bars(named, of="District", now="now", before="before", **words)
    yield hour_grid(counts, weekdays=DAYS, **words)
    ranges = [Range("Within 100 m", 1.2, 1.9, 3.1)]
    yield range_plot(ranges, of="Band", estimate="Ratio", reference=1, reference_label="1", **words)


@everyone(Room.INVESTIGATIVE)
def gallery(request):
    shown = {
        "charts": charts(),
        "spark": sparkline([1, 4, 2, math.pi], title="Up"),
        "map": maps.draw(
            boundaries=[("Square", SQUARE)],
            points=POINTS,
            kinds=KINDS,
            title="The map",
            sentence="Eight shootings.",
        ),
        "form": Everything({"name": ""}),
        "columns": ["Number", "Where", "State", "Opened", Number("Victims")],
        "rows": [[Link("R-1", "/"), "North", Badge("On hold", "due"), "today", 1234]],
        "pairs": [("Occurred", "Saturday"), ("Empty", "")],
    }
    return render(request, "gallery.html", shown)


@everyone(Room.INVESTIGATIVE)
def points(request):
    return JsonResponse(maps.points_geojson(POINTS, KINDS))


@everyone(Room.INVESTIGATIVE)
def areas(request):
    return JsonResponse(maps.boundaries_geojson([("Square", SQUARE)]))


urlpatterns = [
    path("gallery/", gallery),
    path("gallery/points", points),
    path("gallery/areas", areas),
    path("", include("ceasefire.config.urls")),
]
