"""`./ceasefire city`: what the whole installation needs to know about its city."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from ceasefire.config.running import Refused
from ceasefire.kit.progress import say

LAYERS = {"limits": "city", "districts": "district", "neighbourhoods": "neighbourhood"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SetCity:
    def add_arguments(self, parser):
        parser.add_argument("--name", help="the city's name, as pages show it")
        parser.add_argument("--time-zone", help="for example America/Los_Angeles")
        parser.add_argument("--epsg", type=int, help="the city's projected system, for distances")
        parser.add_argument("--review-day", choices=WEEKDAYS, help="day of the shooting review")
        for option in LAYERS:
            parser.add_argument(f"--{option}", type=Path, metavar="FILE", help="boundary file")
            parser.add_argument(f"--{option}-name", metavar="PROPERTY", help="where its names are")
        parser.add_argument("--layer-epsg", type=int, help="projection of a file that says none")
        parser.add_argument("--verified", metavar="WORDS", help="what counts as a shooting")
        parser.add_argument(
            "--excludes",
            default="",
            metavar="WORDS",
            help="offences that do not, commas between",
        )
        parser.add_argument("--age-bands", metavar="AGES", help="first ages: 0,18,25,35")
        parser.add_argument(
            "--effective", type=date.fromisoformat, default=date.today(), metavar="DATE",
            help="the day from which a definition counts (default: today)",
        )  # fmt: skip

    def run(self, arguments) -> dict:
        from ceasefire.kit.readers import FileFault
        from ceasefire.registry.models import City

        standing = City.objects.first()
        self._set(arguments, standing)
        try:
            layers = [self._load(arguments, option) for option in LAYERS]
        except FileFault as fault:
            raise Refused(str(fault)) from fault
        _define(arguments)
        if arguments.epsg or any(layers):
            _refind_places()
        city = City.objects.get()
        answer = {
            "name": city.name,
            "time_zone": city.time_zone,
            "epsg": city.projected_system,
            "review_day": WEEKDAYS[city.review_weekday],
            "layers": [layer for layer in layers if layer],
        }
        if not arguments.json:
            print(
                f"{city.name}: {city.time_zone}, EPSG:{city.projected_system}, "
                f"review on {answer['review_day'].title()}."
            )
        return answer

    def _set(self, arguments, standing) -> None:
        from ceasefire.registry.services import city_set

        name = arguments.name or getattr(standing, "name", None)
        zone = arguments.time_zone or getattr(standing, "time_zone", None)
        system = arguments.epsg or getattr(standing, "projected_system", None)
        if not (name and zone and system):
            raise Refused("A new city needs --name, --time-zone and --epsg.")
        _check(zone, system)
        day = getattr(standing, "review_weekday", 1)
        if arguments.review_day:
            day = WEEKDAYS.index(arguments.review_day)
        city_set(name=name, time_zone=zone, projected_system=system, review_weekday=day)

    def _load(self, arguments, option: str) -> dict | None:
        from ceasefire.registry.services import layer_load

        path = getattr(arguments, option)
        if path is None:
            return None
        layer = layer_load(
            kind=LAYERS[option],
            path=path,
            name_property=getattr(arguments, f"{option}_name"),
            crs=arguments.layer_epsg,
        )
        for finding in layer.report:
            say(f"{path.name}: {finding['name']}: {finding['wrong']}; {finding['done']}.")
        return {"kind": layer.kind, "areas": layer.boundaries.count()}


def _refind_places() -> None:
    from ceasefire.registry.refinding import places_refind

    if found := places_refind():
        say(f"Found {found:,} known places again in the new layers.")


def _define(arguments) -> None:
    from ceasefire.registry.models import Definition
    from ceasefire.registry.services import definition_set

    if arguments.verified:
        excludes = [word.strip() for word in arguments.excludes.split(",") if word.strip()]
        definition_set(
            kind=Definition.Kind.VERIFIED_SHOOTING,
            effective_from=arguments.effective,
            value={"excludes": excludes},
            words=arguments.verified,
        )
    if arguments.age_bands:
        ages = _ages(arguments.age_bands)
        definition_set(
            kind=Definition.Kind.AGE_BANDS,
            effective_from=arguments.effective,
            value={"first_ages": ages},
            words=f"Ages from {', '.join(map(str, ages))}.",
        )


def _ages(text: str) -> list[int]:
    try:
        ages = [int(age) for age in text.split(",")]
    except ValueError as error:
        raise Refused(f"'{text}' are no ages; write them as 0,18,25,35,45.") from error
    if ages != sorted(set(ages)) or ages[0] < 0:
        raise Refused("The first ages of the bands must rise, from 0 on.")
    return ages


def _check(zone: str, system: int) -> None:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"'{zone}' is no time zone; write it as America/Chicago.") from error
    try:
        projected = CRS.from_epsg(system).is_projected
    except CRSError as error:
        raise Refused(f"EPSG:{system} is no coordinate system.") from error
    if not projected:
        raise Refused(f"EPSG:{system} is in degrees; distances need a projected system.")
