"""`./ceasefire intake`: preview, load, batches, apply, withdraw, watch, fetch."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ceasefire.config.running import Refused, asking, is_installed, product
from ceasefire.kit.progress import bar, say

COUNTS = ("rows", "added", "changed", "unchanged", "vanished", "rejected")


class Intake:
    def add_verbs(self, verbs, common):
        preview = verbs.add_parser("preview", parents=[common], help="what a file says")
        preview.add_argument("file", type=Path)
        preview.add_argument("--boundaries", type=Path, help="the city's boundary file")
        load = verbs.add_parser("load", parents=[common], help="load a file into the register")
        load.add_argument("file", type=Path)
        load.add_argument("--feed", required=True, metavar="NAME", help="added when it is new")
        load.add_argument("--agency", help="whom a new feed speaks for")
        load.add_argument(
            "--kind", default="shootings", metavar="KIND",
            help="what a row of a new feed tells: shootings, involvements, arrests, court, "
            "supervision, jail, ballistics",
        )  # fmt: skip
        load.add_argument("--as-of", help="when the publisher knew this (date or date and time)")
        load.add_argument(
            "--accept", action="store_true", help="take the printed default of every open question"
        )
        load.add_argument("--despite", default="", metavar="REASON", help="apply a waiting file")
        batches = verbs.add_parser("batches", parents=[common], help="what a feed has loaded")
        batches.add_argument("--feed", required=True, metavar="NAME")
        for name, help in (("apply", "apply a staged batch"), ("withdraw", "give up a batch")):
            verb = verbs.add_parser(name, parents=[common], help=help)
            verb.add_argument("batch", type=int)
            if name == "apply":
                verb.add_argument("--despite", default="", metavar="REASON")
        watch = verbs.add_parser("watch", parents=[common], help="load what arrives in a folder")
        watch.add_argument("--feed", required=True, metavar="NAME")
        watch.add_argument("--folder", type=Path, help="the folder to watch from now on")
        fetch = verbs.add_parser("fetch", parents=[common], help="load from an open-data portal")
        fetch.add_argument("address", help="address of a Socrata dataset or an ArcGIS layer")
        fetch.add_argument("--feed", required=True, metavar="NAME")
        fetch.add_argument("--accept", action="store_true")

    def run(self, arguments):
        if arguments.verb == "preview":
            return self._preview(arguments)
        with product(arguments.home), asking(arguments.as_user, arguments.purpose):
            return getattr(self, f"_{arguments.verb}")(arguments)

    def _preview(self, arguments) -> dict | None:
        """Needs no database where the home has none: a preview writes nothing."""
        from ceasefire.intake.preview import preview
        from ceasefire.kit.readers import FileFault

        if is_installed(arguments.home):
            with product(arguments.home), asking(arguments.as_user, arguments.purpose):
                pass
        try:
            with bar("Reading", "rows") as advance:
                found = preview(arguments.file, boundaries=arguments.boundaries, progress=advance)
        except FileFault as fault:
            raise Refused(str(fault)) from fault
        answer = found.as_dict()
        return answer if arguments.json else _print_preview(answer)

    def _load(self, arguments) -> dict:
        from ceasefire.intake import loading
        from ceasefire.intake.services import IntakeRefused
        from ceasefire.registry.services import CityNotSet

        _refuse_unseen(arguments)
        try:
            feed = _feed(arguments)
            with bar(f"Loading {arguments.file.name}", "rows") as advance:
                batch = loading.load(
                    arguments.file,
                    feed=feed,
                    as_of=_moment(arguments.as_of),
                    despite=arguments.despite,
                    progress=advance,
                )
        except (IntakeRefused, CityNotSet, OSError) as refusal:
            raise Refused(str(refusal)) from refusal
        return _answer(batch, arguments)

    def _batches(self, arguments) -> dict:
        from ceasefire.intake.labels import city_clock

        found = list(_known_feed(arguments.feed).batches.order_by("id"))
        rows = [_as_dict(batch) for batch in found]
        if not arguments.json:
            for batch, row in zip(found, rows, strict=True):
                when = city_clock(batch.as_of)
                print(f"{row['batch']:>5}  {when}  {row['state']:<10}", _counts(row))
        return {"batches": rows}

    def _apply(self, arguments) -> dict:
        from ceasefire.intake import services

        batch = _batch(arguments)
        try:
            services.batch_apply(batch=batch, despite=arguments.despite)
        except services.IntakeRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return _answer(batch, arguments)

    def _withdraw(self, arguments) -> dict:
        from ceasefire.intake import services

        batch = _batch(arguments)
        try:
            services.batch_withdraw(batch=batch)
        except services.IntakeRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return _answer(batch, arguments)

    def _watch(self, arguments) -> dict:
        from ceasefire.intake import watching

        feed = _known_feed(arguments.feed)
        if arguments.folder:
            watching.folder_watch(feed=feed, folder=arguments.folder)
        rows = [_as_dict(batch) for batch in watching.folder_look(feed=feed)]
        if not arguments.json:
            for row in rows:
                print(f"{row['file']}: batch {row['batch']}, {row['state']}: {_counts(row)}")
        return {"batches": rows}

    def _fetch(self, arguments) -> dict:
        from ceasefire.intake import portals
        from ceasefire.intake.models import Feed

        _refuse_unseen(arguments)
        try:
            arguments.file = portals.fetch(arguments.address, arguments.home.folder("fetched"))
        except portals.PortalFault as fault:
            raise Refused(str(fault)) from fault
        arguments.agency, arguments.as_of, arguments.despite = None, None, ""
        arguments.kind = "shootings"
        try:
            answer = self._load(arguments)
        finally:
            arguments.file.unlink(missing_ok=True)
        portals.portal_follow(feed=Feed.objects.get(name=arguments.feed), address=arguments.address)
        return answer


def _refuse_unseen(arguments) -> None:
    if not arguments.accept:
        raise Refused(
            "Look at what the file says first: ./ceasefire intake preview FILE. Then load it "
            "with --accept, which takes the printed default of every open question."
        )


def _known_feed(name: str):
    from ceasefire.intake.models import Feed

    feed = Feed.objects.filter(name=name).first()
    if feed is None:
        raise Refused(
            f"There is no feed '{name}' that you may read. Look at how it is written, ask as "
            "somebody with the analyst's role, or load a first file into it."
        )
    return feed


def _feed(arguments):
    from ceasefire.intake import starting
    from ceasefire.intake.models import Feed

    if arguments.kind not in Feed.Kind.values:
        raise Refused(f"'{arguments.kind}' is no kind of feed; there are {', '.join(Feed.Kind)}.")
    return starting.feed_for(
        arguments.file, name=arguments.feed, agency=arguments.agency, kind=arguments.kind
    )


def _batch(arguments):
    from ceasefire.intake.models import Batch

    batch = Batch.objects.filter(pk=arguments.batch).first()
    if batch is None:
        raise Refused(f"There is no batch {arguments.batch}.")
    return batch


def _moment(text: str | None) -> datetime | None:
    """A date means its first moment in the city's own time."""
    if text is None:
        return None
    from ceasefire.registry.services import city_now

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"'{text}' is no date; write it as 2026-11-15.") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(city_now().time_zone))
    if moment.date() > date.today():
        raise Refused("A file cannot be as of a day that has not come.")
    return datetime.combine(moment.date(), time.min, moment.tzinfo) if len(text) == 10 else moment


def _as_dict(batch) -> dict:
    counts = {name: getattr(batch, name) for name in COUNTS}
    return {
        "batch": batch.pk,
        **counts,
        "replaced": (batch.report or {}).get("replaced", 0),
        "sha256": batch.sha256,
        "as_of": batch.as_of.isoformat(),
        "state": batch.state,
        "file": batch.file_name,
        "alarms": (batch.report or {}).get("alarms", []),
    }


def _counts(row: dict) -> str:
    from ceasefire.intake.labels import replaced_words

    counts = ", ".join(f"{name} {row[name]:,}" for name in COUNTS)
    return f"{counts}. {replaced_words(row['replaced'])}".rstrip()


def _answer(batch, arguments) -> dict:
    answer = _as_dict(batch)
    if not arguments.json:
        print(f"Batch {answer['batch']}, {answer['state']}: {_counts(answer)}")
    for alarm in answer["alarms"]:
        say(f"Look at this: {alarm['words']}")
    return answer


def _print_preview(answer: dict) -> None:
    shown = ("unit", "rows", "incidents", "victims", "fatal_victims", "injured_victims")
    shown += ("missing_place", "time_precision", "first_date", "last_date")
    for name in shown:
        value = answer[name]
        print(
            f"{name.replace('_', ' '):<18}{'not known from this file' if value is None else value}"
        )
    print("\nmapping")
    for ours, theirs in answer["mapping"].items():
        print(f"  {ours:<20}{theirs}")
    for question in answer["questions"]:
        print(f"\nquestion: {question['about']} (default: {question['default']})")
        print(f"  {question['why']}")
