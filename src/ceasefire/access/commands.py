"""`./ceasefire account`, `agreement`, `certify`, `access`, `routes` and `inventory`."""

import getpass
import json
import sys
from datetime import date, timedelta
from pathlib import Path

from ceasefire.access.partitions import Room
from ceasefire.access.roles import AGENCY_KINDS, Role


class Account:
    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name, as pages show it")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--agency", required=True, help="added when it is new")
        parser.add_argument(
            "--agency-kind", choices=AGENCY_KINDS, default="police", help="for a new agency"
        )
        parser.add_argument(
            "--agreement", metavar="WORDS", help="the document that a new agency has signed"
        )
        parser.add_argument(
            "--until", metavar="DATE", type=date.fromisoformat, help="the agreement's last day"
        )

    def run(self, arguments) -> dict:
        from django.core.exceptions import ValidationError

        from ceasefire.access import identity, services
        from ceasefire.access.models import Membership, User
        from ceasefire.config.running import Refused

        actor = identity.current()
        if not (actor.is_operator or actor.role == Role.ADMINISTRATOR):
            raise Refused(f"{actor.name} may not open accounts; a system administrator may.")
        if actor.is_operator and arguments.role != Role.ADMINISTRATOR:
            raise Refused(
                "The first account must be a system administrator (--role administrator), "
                "or nobody could open the next one."
            )
        if User.objects.filter(username=arguments.username).exists():
            raise Refused(f"There is an account '{arguments.username}' already.")
        agency = services.agency_record(name=arguments.agency, kind=arguments.agency_kind)
        try:
            with identity.acting(actor, Room.ACCOUNT):
                self._agreement(agency, arguments)
                user = services.account_open(
                    username=arguments.username,
                    password=_password(),
                    display_name=arguments.name,
                    role=Role(arguments.role),
                    agency=agency,
                    starts=date.today(),
                )
                print(Membership.objects.get(user=user), file=sys.stderr)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return {"user": user.username, "role": arguments.role, "agency": agency.name}

    @staticmethod
    def _agreement(agency, arguments) -> None:
        """An agency that is new here signs for a year, unless the words say otherwise."""
        from ceasefire.access import services
        from ceasefire.access.models import Agreement

        if Agreement.objects.filter(agency=agency).exists() and not arguments.agreement:
            return
        services.agreement_record(
            agency=agency,
            document=arguments.agreement or "Recorded when its first account was opened",
            starts=date.today(),
            ends=arguments.until or date.today() + timedelta(days=365),
        )


class AgreementOf:
    def add_arguments(self, parser):
        parser.add_argument("agency", help="the agency's name")
        parser.add_argument("--document", help="the signed document's title or number")
        parser.add_argument("--starts", type=date.fromisoformat, default=date.today())
        parser.add_argument("--until", type=date.fromisoformat, help="the last day")
        parser.add_argument("--end", metavar="BECAUSE", choices=("breach", "misuse", "withdrawn"))
        parser.add_argument("--words", default="", help="what happened, where it ends at once")

    def run(self, arguments) -> dict:
        from django.core.exceptions import ValidationError

        from ceasefire.access import identity
        from ceasefire.access.models import Agency
        from ceasefire.config.running import Refused

        agency = Agency.objects.filter(name=arguments.agency).first()
        if agency is None:
            raise Refused(f"There is no agency '{arguments.agency}'.")
        if not (arguments.end or arguments.until):
            raise Refused("Say --until DATE for a new agreement, or --end to end one at once.")
        try:
            with identity.acting(identity.current(), Room.ACCOUNT):
                agreement = self._done(agency, arguments)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return {"agency": agency.name, "until": str(agreement.ends), "ended": arguments.end}

    @staticmethod
    def _done(agency, arguments):
        from ceasefire.access import services
        from ceasefire.access.models import Agreement
        from ceasefire.config.running import Refused

        if not arguments.end:
            return services.agreement_record(
                agency=agency, document=arguments.document or "", starts=arguments.starts,
                ends=arguments.until,
            )  # fmt: skip
        standing = Agreement.objects.filter(agency=agency, ended_at=None).first()
        if standing is None:
            raise Refused(f"{agency.name} has no agreement to end.")
        return services.agreement_end(
            agreement=standing, because=arguments.end, words=arguments.words
        )


class Certify:
    def add_arguments(self, parser):
        parser.add_argument("username")

    def run(self, arguments) -> dict:
        from django.core.exceptions import ValidationError

        from ceasefire.access import identity, services
        from ceasefire.access.models import Membership
        from ceasefire.config.running import Refused

        with identity.acting(identity.current(), Room.ACCOUNT):
            held = Membership.objects.filter(user__username=arguments.username, ended_at=None)
            if (membership := held.order_by("-starts").first()) is None:
                raise Refused(f"'{arguments.username}' has no role.")
            try:
                services.membership_certify(membership=membership, today=date.today())
            except ValidationError as error:
                raise Refused(" ".join(error.messages)) from error
            return {"user": arguments.username, "until": str(membership.certified_until)}


class Access:
    def add_verbs(self, verbs, common):
        explain = verbs.add_parser("explain", parents=[common], help="why, or why not")
        explain.add_argument(
            "asked", metavar="PERSON-OR-URL", help="registry.incident:12, or /shootings/"
        )

    def run(self, arguments) -> dict:
        from ceasefire.access.explaining import NothingToExplain, explain
        from ceasefire.config.running import Refused

        actor, reason = self._asker(arguments.as_user)
        if actor is None:
            return self._said(arguments, yes=False, because=[reason])
        try:
            answer = explain(arguments.asked, actor)
        except NothingToExplain as error:
            raise Refused(str(error)) from error
        return self._said(arguments, yes=answer.yes, because=answer.because)

    @staticmethod
    def _asker(username: str | None) -> tuple:
        """The person, or else what keeps that person out."""
        from ceasefire.access import asking, identity
        from ceasefire.access.models import User
        from ceasefire.config.running import Refused

        if not User.objects.exists():
            return identity.OPERATOR, ""
        if (user := User.objects.filter(username=username or "").first()) is None:
            raise Refused("Say whose eyes to look through: --as USER, the name of an account.")
        actor = asking.actor_of_user(user)
        return actor, "" if actor else str(asking.why_no_role_of(user).label)

    @staticmethod
    def _said(arguments, *, yes: bool, because: list[str]) -> dict:
        if not arguments.json:
            print("Yes." if yes else "No.", *because, sep="\n  ")
        return {"asked": arguments.asked, "as": arguments.as_user, "yes": yes, "because": because}


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password (at least 15 characters): ")
    return sys.stdin.readline().rstrip("\n")


class Routes:
    def add_arguments(self, parser):
        pass

    def run(self, arguments) -> dict:
        from ceasefire.access.routes import all_routes

        routes = [route.as_dict() for route in all_routes()]
        if not arguments.json:
            for route in routes:
                admitted = [role for role, grant in route["roles"].items() if grant != "none"]
                print(f"{route['pattern']:<50}{route['room']:<15}{', '.join(admitted)}")
        return {"routes": routes}


class Inventory:
    def add_arguments(self, parser):
        parser.add_argument("--page", type=Path, metavar="FILE", help="write the reference page")

    def run(self, arguments) -> dict:
        from ceasefire.access import describing

        if arguments.page:
            arguments.page.write_text(describing.as_page(), encoding="utf-8")
        held = describing.as_json()
        if not (arguments.json or arguments.page):
            print(json.dumps(held, indent=2))
        return held
