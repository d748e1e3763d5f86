"""`./ceasefire study build|freeze|publish|compare`."""

from datetime import date
from pathlib import Path


class Study:
    def add_verbs(self, verbs, common):
        add = {"parents": [common]}
        build = verbs.add_parser("build", help="build a study's draft edition", **add)
        build.add_argument("--from", dest="starts", type=date.fromisoformat, required=True,
                           metavar="DATE", help="first day (YEAR-MONTH-DAY)")  # fmt: skip
        build.add_argument("--to", dest="ends", type=date.fromisoformat, required=True,
                           metavar="DATE", help="last day")  # fmt: skip
        build.add_argument("--title", default="", help="left out, its days")
        build.add_argument(
            "--kind",
            dest="kinds",
            action="append",
            default=[],
            help="only this kind of shooting: fatal, injury, no_injury, unknown",
        )
        build.add_argument("--exclude", action="append", default=[], metavar="WORD",
                           help="leave out offences with this word")  # fmt: skip
        build.add_argument("--as-known", type=date.fromisoformat, metavar="DATE",
                           help="the register as it was known then")  # fmt: skip
        build.set_defaults(run=self.build)
        freeze = verbs.add_parser("freeze", help="freeze a draft edition for good", **add)
        freeze.set_defaults(run=self.freeze)
        publish = verbs.add_parser("publish", help="make the public edition", **add)
        publish.set_defaults(run=self.publish)
        for verb in (freeze, publish):
            verb.add_argument("edition", type=int)
        for verb in (build, freeze, publish):
            verb.add_argument("--out", type=Path, metavar="DIR", help="write its files there")
            verb.add_argument("--language", choices=["en", "es"], default="en")
        compare = verbs.add_parser("compare", help="two editions, cell by cell", **add)
        compare.add_argument("one", type=int)
        compare.add_argument("other", type=int)
        compare.set_defaults(run=self.compare)

    def run(self, arguments) -> dict:
        from ceasefire.access.policies import NotPermitted
        from ceasefire.config.running import Refused
        from ceasefire.problem_analysis.study.plan import NotAStudy
        from ceasefire.problem_analysis.study.services import NotYet
        from ceasefire.registry.services import CityNotSet

        try:
            return arguments.run(arguments)
        except (NotAStudy, NotYet, NotPermitted, CityNotSet) as error:
            raise Refused(str(error)) from error

    def build(self, arguments) -> dict:
        from ceasefire.kit.progress import bar
        from ceasefire.problem_analysis.study.plan import KINDS, Plan
        from ceasefire.problem_analysis.study.services import edition_build, study_plan

        kinds, exclude = tuple(arguments.kinds) or KINDS, tuple(arguments.exclude)
        # Says what is wrong with the plan before anything is written.
        Plan(arguments.starts, arguments.ends, kinds, exclude, arguments.as_known)
        title = arguments.title or f"{arguments.starts} – {arguments.ends}"
        study = study_plan(title=title, starts=arguments.starts, ends=arguments.ends, kinds=kinds,
                           exclude=exclude, as_known=arguments.as_known)  # fmt: skip
        with bar("Building the study", "tables") as advance:
            edition = edition_build(study=study, advance=advance)
        return self._told(edition.pk, edition.items, arguments, edition)

    def freeze(self, arguments) -> dict:
        from ceasefire.problem_analysis.study.services import edition_freeze

        edition = edition_freeze(edition=_edition(arguments.edition))
        return self._told(edition.pk, edition.items, arguments, edition)

    def publish(self, arguments) -> dict:
        from ceasefire.problem_analysis.study.services import edition_publish

        made = edition_publish(edition=_edition(arguments.edition))
        return self._told(made.edition, made.items, arguments, made)

    def compare(self, arguments) -> dict:
        from ceasefire.problem_analysis.study.comparing import compared

        found = compared(_edition(arguments.one), _edition(arguments.other))
        if not arguments.json:
            for one in found:
                print(one)
        return {"differences": [vars(one) for one in found]}

    def _told(self, number: int, items: list[dict], arguments, edition) -> dict:
        from django.utils import translation

        from ceasefire.access import identity
        from ceasefire.problem_analysis.study import files

        written = []
        if arguments.out:
            with translation.override(arguments.language):
                written = files.write(edition, arguments.out, reader=identity.current().name)
        tables = [one["number"] for one in items if one["tables"]]
        lacking = [one["number"] for one in items if not one["tables"]]
        if not arguments.json:
            print(f"Edition {number}: {len(tables)} tables and figures; {len(lacking)} that the "
                  f"register cannot tell ({', '.join(lacking) or 'none'}).")  # fmt: skip
            for path in written:
                print(f"  {path}")
        return {"edition": number, "files": [str(path) for path in written], "tables": tables,
                "lacking": lacking}  # fmt: skip


def _edition(number: int):
    from ceasefire.config.running import Refused
    from ceasefire.problem_analysis.study.models import Edition

    found = Edition.objects.filter(pk=number).first()
    if found is None:
        raise Refused(f"There is no edition {number}.")
    return found
