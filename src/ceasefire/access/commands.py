"""`./ceasefire account`, `./ceasefire routes` and `./ceasefire inventory`."""

import getpass
import json
import sys
from datetime import date
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
