"""`./ceasefire holidays`: the days on which nobody is expected to review an opening."""

import sys
from datetime import date


def _day(written: str) -> date:
    return date.fromisoformat(written)


_day.__name__ = "date (YYYY-MM-DD)"


class Holidays:
    def add_verbs(self, verbs, common):
        verbs.add_parser("list", parents=[common], help="the city's holidays")
        add = verbs.add_parser("add", parents=[common], help="add a day, or correct its name")
        add.add_argument("day", type=_day, metavar="YYYY-MM-DD")
        add.add_argument("name")
        remove = verbs.add_parser("remove", parents=[common], help="take a day off the list")
        remove.add_argument("day", type=_day, metavar="YYYY-MM-DD")

    def run(self, arguments) -> dict:
        from ceasefire.access.exceptional.models import Holiday
        from ceasefire.access.policies import NotPermitted
        from ceasefire.config.running import Refused

        try:
            getattr(self, f"_{arguments.verb}")(arguments)
        except NotPermitted as refusal:
            raise Refused(f"{refusal} A system administrator may.") from refusal
        days = list(Holiday.objects.all())
        if not arguments.json:
            print("\n".join(map(str, days)) or "No holidays are set.", file=sys.stderr)
        return {"holidays": [{"day": one.day.isoformat(), "name": one.name} for one in days]}

    @staticmethod
    def _list(arguments) -> None:
        pass

    @staticmethod
    def _add(arguments) -> None:
        from ceasefire.access.exceptional.services import holiday_set

        holiday_set(day=arguments.day, name=arguments.name)

    @staticmethod
    def _remove(arguments) -> None:
        from ceasefire.access.exceptional.services import holiday_remove

        holiday_remove(day=arguments.day)
