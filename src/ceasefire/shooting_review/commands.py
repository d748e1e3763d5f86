"""`./ceasefire packet 2021-W12 --out packet.pdf`."""

from datetime import date
from pathlib import Path


class Packet:
    def add_arguments(self, parser):
        parser.add_argument("week", help="the ISO week, for example 2021-W12")
        parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="write the packet there")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE",
                            help="figures as known on that date (YEAR-MONTH-DAY)")  # fmt: skip
        parser.add_argument("--language", choices=["en", "es"], default="en")

    def run(self, arguments) -> dict:
        from django.utils import translation

        from ceasefire.access import identity
        from ceasefire.access.policies import policy_of
        from ceasefire.config.running import Refused
        from ceasefire.registry.services import CityNotSet
        from ceasefire.shooting_review import answers, documents, packet
        from ceasefire.shooting_review.models import FittedBands
        from ceasefire.shooting_review.weeks import NotAWeek, Week

        reader = identity.current()
        # Without this, somebody who may read no shooting would be told that there were none.
        if policy_of(FittedBands).scope(reader) is None:
            raise Refused(f"{reader.name} may not read the packet of the shooting review.")
        with translation.override(arguments.language):
            try:
                built = packet.build(Week.parse(arguments.week), as_of=arguments.as_of)
            except (NotAWeek, CityNotSet) as error:
                raise Refused(str(error)) from error
            if arguments.out:
                made = documents.packet_pdf(built, reader=reader.name)
                _write(arguments.out, made)
            if not arguments.json:
                print(answers.in_words(built))
        return answers.as_json(built)


def _write(path: Path, made: bytes) -> None:
    from ceasefire.config.running import Refused

    try:
        path.write_bytes(made)
    except OSError as error:
        raise Refused(f"{path} could not be written: {error.strerror}.") from error
