"""Loads the synthetic city into a demo home through the product's own verbs, as a city would."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ceasefire.access import identity
from ceasefire.access.models import Agency, Agreement, User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sealing import keyring
from ceasefire.access.services import account_open, agency_record, agreement_record
from ceasefire.access.sign_in import demo_codes
from ceasefire.demo import groups, sessions
from ceasefire.demo.files import actor
from ceasefire.intake import loading, services
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.questions import NOBODY_HIT
from ceasefire.kit.progress import bar
from ceasefire.problem_analysis.study.models import Reference
from ceasefire.problem_analysis.study.referring import reference_load
from ceasefire.registry.models import BoundaryLayer, City, Definition
from ceasefire.registry.services import city_set, definition_set, layer_load
from ceasefire.shooting_review.services import bands_refit
from ceasefire.shooting_review.weeks import Week

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAYER_KINDS = {
    "district": BoundaryLayer.Kind.DISTRICT,
    "neighbourhood": BoundaryLayer.Kind.NEIGHBOURHOOD,
    "city_limits": BoundaryLayer.Kind.CITY,
}
# Each feed speaks for an agency; the shots that hit nobody are the city police's second file. The
# county's file repeats some of the city's shootings and waits until incidents can be linked.
FEEDS = (
    ("police", "RPD", "Shooting victims", {}),
    ("shots-fired", "RPD", "Confirmed shots fired", {"anybody_hit": NOBODY_HIT}),
    ("eastbank", "EPD", "Eastbank shootings", {}),
    ("people", "RPD", "People in shootings", {}),
    ("supervision", "CCP", "Supervision roster", {}),
    ("arrests", "RPD", "Arrests", {}),
    ("jail", "RPD", "Jail bookings and releases", {}),
    ("ballistics", "RPD", "Ballistic leads", {}),
)


INVENTED = "Invented for this city."
REFERRED = {
    Reference.Kind.POPULATION: "residents.csv",
    Reference.Kind.PEERS: "peer_cities.csv",
    Reference.Kind.COSTS: "costs.csv",
}


def build(folder: Path) -> dict:
    """Load whatever of the city is not loaded yet; returns role -> user, password and secret."""
    _keys()
    with identity.acting(identity.OPERATOR):
        settings = json.loads((folder / "city.json").read_text())
        _set_city(settings, folder)
        agencies = _agencies(folder)
        _load_feeds(settings, folder, agencies)
        _fit_bands(last_week(folder))
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        _agreements(agencies)
        accounts = _accounts(folder, agencies)
    _refer(folder)
    groups.build(folder)
    sessions.build(folder)
    return accounts


def _keys() -> None:
    """Every room's first key; a city makes its own with `./ceasefire keys new`."""
    for room in keyring.ROOMS:
        if not keyring.numbered(room):
            keyring.make(room)


def last_week(folder: Path) -> Week:
    """The last whole week that the synthetic city's files cover."""
    truth = json.loads((folder / "truth.json").read_text())
    return Week.of(date.fromisoformat(truth["end"]))


def _set_city(settings: dict, folder: Path) -> None:
    if City.objects.exists():
        return
    city_set(
        name=settings["name"],
        time_zone=settings["time_zone"],
        projected_system=int(settings["projected_system"].removeprefix("EPSG:")),
        review_weekday=WEEKDAYS.index(settings["review_weekday"]),
    )
    verified = settings["verified_shooting"]
    definition_set(
        kind=Definition.Kind.VERIFIED_SHOOTING,
        effective_from=date.fromisoformat(verified["effective"]),
        value={"excludes": verified["excludes"]},
        words=verified["counts"],
    )
    bands = settings["age_bands"]
    definition_set(
        kind=Definition.Kind.AGE_BANDS,
        effective_from=date.fromisoformat(bands["effective"]),
        value={"first_ages": bands["first_ages"]},
        words="Ages from " + ", ".join(str(age) for age in bands["first_ages"]) + ".",
    )
    for layer in settings["boundary_layers"]:
        layer_load(
            kind=LAYER_KINDS[layer["kind"]],
            path=folder / layer["file"],
            name_property=layer["name_property"],
        )


def _agencies(folder: Path) -> dict[str, Agency]:
    with open(folder / "agencies.csv", newline="") as file:
        return {
            row["agency_id"]: agency_record(name=row["name"], kind=row["kind"])
            for row in csv.DictReader(file)
        }


def _agreements(agencies: dict[str, Agency]) -> None:
    """Each has signed; one runs out within the month, and its people are told."""
    today = date.today()
    community = min(key for key, one in agencies.items() if one.kind == Agency.Kind.COMMUNITY)
    for key, agency in agencies.items():
        if not Agreement.objects.filter(agency=agency).exists():
            agreement_record(
                agency=agency,
                document=f"Memorandum of understanding with {agency.name}",
                starts=today - timedelta(days=340),
                ends=today + timedelta(days=25 if key == community else 400),
            )


def _load_feeds(settings: dict, folder: Path, agencies: dict[str, Agency]) -> None:
    files = {feed["name"]: folder / feed["file"] for feed in settings["feeds"]}
    kinds = {feed["name"]: feed["unit"] for feed in settings["feeds"]}
    for name, agency, title, answers in FEEDS:
        kind = kinds[name] if kinds[name] in Feed.Kind.values else Feed.Kind.SHOOTINGS
        feed = services.feed_open(name=name, title=title, agency=agencies[agency], kind=kind)
        for path, as_of in _publications(folder, name, files[name]):
            _load_once(feed, path, as_of, answers)


def _publications(folder: Path, name: str, file: Path) -> list[tuple[Path, datetime]]:
    """The police file came out three Mondays running; the others once."""
    editions = sorted((folder / "publications").glob(f"{file.stem}_*.csv"))
    if not editions:
        newest = sorted((folder / "publications").glob("*_20*.csv"))[-1]
        return [(file, _as_of(newest))]
    return [(edition, _as_of(edition)) for edition in editions]


def _as_of(edition: Path) -> datetime:
    day = date.fromisoformat(edition.stem[-10:])
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _load_once(feed: Feed, path: Path, as_of: datetime, answers: dict) -> None:
    # The demo may be as of a day that this machine's clock has not reached.
    as_of = min(as_of, datetime.now(UTC) - timedelta(minutes=5))
    applied = Batch.objects.filter(feed=feed, state=Batch.State.APPLIED)
    if applied.filter(file_name=path.name).exists():
        return
    with bar(f"Loading {path.name}", "rows") as advance:
        loading.load(path, feed=feed, as_of=as_of, answers=answers, progress=advance)


def _refer(folder: Path) -> None:
    """Figures from outside; a city of an earlier version has none."""
    with identity.acting(actor("analyst")):
        held = set(Reference.objects.values_list("kind", flat=True))
        for kind, name in REFERRED.items():
            if kind not in held and (folder / name).exists():
                reference_load(kind=kind, path=folder / name, file_name=name, source=INVENTED)


def _fit_bands(week: Week) -> None:
    """What a nightly run would have kept, so that the first packet opens at once."""
    bands_refit(week=week)


# Beside one sign-in for each role: the privacy officer of an organisation in the services room.
MORE_SIGN_INS = {"privacy_officer_lan": (Role.PRIVACY_OFFICER, "LAN")}


def _accounts(folder: Path, agencies: dict[str, Agency]) -> dict:
    """One sign-in per role, for the first person of the staff list who has it, and more."""
    with open(folder / "staff.csv", newline="") as file:
        staff = list(csv.DictReader(file))
    wanted = {role.value: (role, None) for role in Role} | MORE_SIGN_INS
    return {
        name: _account(name, role, _person(staff, role, at), agencies)
        for name, (role, at) in wanted.items()
    }


def _person(staff: list[dict], role: Role, at: str | None) -> dict:
    return next(
        row for row in staff if row["role"] == role.value and at in (None, row["agency_id"])
    )


def _account(name: str, role: Role, person: dict, agencies: dict[str, Agency]) -> dict:
    password = _password(name)
    if not User.objects.filter(username=name).exists():
        account_open(
            username=name,
            password=password,
            display_name=f"{person['first_name']} {person['last_name']}",
            role=role,
            agency=agencies[person["agency_id"]],
            starts=date(2019, 1, 1),
        )
    secret = demo_codes.enrol(User.objects.get(username=name))
    return {"user": name, "password": password, "one_time_code_secret": secret}


def _password(name: str) -> str:
    return f"lantern orchard kettle {name}"
