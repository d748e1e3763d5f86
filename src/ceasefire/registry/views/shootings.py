"""The list of shootings with its map and time strip, and the same places as data."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from ceasefire.access.exports.tables import table_named
from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.kit import maps
from ceasefire.registry import pictures
from ceasefire.registry.forms import FilterForm, filter_form
from ceasefire.registry.models import Incident
from ceasefire.registry.selectors import listing
from ceasefire.registry.selectors.filtering import Filter

PER_PAGE = 50
readers = gate(Room.INVESTIGATIVE, full=REGISTER_READERS, at=CITY_POLICE)


@readers
def shootings(request):
    """The whole page, or for htmx only what changes with the filter."""
    form = filter_form(request.GET)
    page = Listed(request, form, form.chosen())
    form.offer_places(page.chosen)
    partial = request.htmx and not request.htmx.history_restore_request
    template = "registry/found.html" if partial else "registry/shootings.html"
    answer = render(request, template, {"form": form, "page": page, **page.context()})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@dataclass(frozen=True)
class Listed:
    """Everything that one filter shows."""

    request: object
    form: FilterForm
    chosen: Filter

    def context(self) -> dict:
        rows = listing.on_map(self.chosen)
        return {
            "totals": self.totals,
            "kinds": [(kind.label, self.totals.of_kind(kind)) for kind in Incident.Kind],
            "shown": self.shown,
            "strip": self.strip(),
            "map": pictures.draw_map(rows, listing.outlines(), self.totals.count) if rows else None,
            "points_url": self._with("registry:points"),
            "boundaries_url": reverse("registry:boundaries"),
            "export_url": self._with("exports:ask", "shootings") if self._may_export else "",
            "may_write": self.request.actor.role == Role.ANALYST,
            "empty_register": not self.totals.count and not Incident.objects.exists(),
        }

    @cached_property
    def totals(self) -> listing.Totals:
        return listing.totals(self.chosen)

    @property
    def shown(self):
        paginator = Paginator(self.chosen.rows().select_related("agency"), PER_PAGE)
        paginator.count = self.totals.count
        return paginator.get_page(self.request.GET.get("page"))

    def strip(self):
        days = listing.by_day(self.chosen)
        if not days:
            return None
        since, until = pictures.stretch(days, self.chosen.since, self.chosen.until)
        return pictures.draw_strip(days, since, until, self.narrowed, self.totals.undated)

    def narrowed(self, since: date, until: date) -> str:
        """This page for some days only, with every other choice kept."""
        return self._with("registry:shootings", since=since, until=until)

    @property
    def _may_export(self) -> bool:
        return table_named("shootings").may_export(self.request.actor)

    def _with(self, name: str, *words: str, **days) -> str:
        asked = self.request.GET.copy()
        asked.pop("page", None)
        for key in ("since", "until"):
            asked[key] = str(days.get(key) or getattr(self.chosen, key) or "")
        return f"{reverse(name, args=words)}?{asked.urlencode()}"


@readers
def points(request):
    """The places of the filter as GeoJSON: the latest 5,000 shootings of it, as on the map."""
    rows = listing.on_map(filter_form(request.GET).chosen())
    return JsonResponse(
        maps.points_geojson(pictures.map_points(rows), pictures.map_kinds())
        | {"most": listing.MOST_POINTS, "complete": len(rows) < listing.MOST_POINTS}
    )


@readers
def boundaries(request):
    return JsonResponse(maps.boundaries_geojson(listing.outlines()))
