"""Shows every time of a page in the city's own time zone."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from ceasefire.registry.models import City


class CityTimeMiddleware:
    """Comes after the gate: the city is read as the person who asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.city = City.objects.first() if request.actor else None
        if request.city is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(request.city.time_zone)):
            return self.get_response(request)
