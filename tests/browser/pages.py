"""Every page that the browser tests visit: its name, its address, and who opens it.

`given` prepares what the page shows; it and `url` run as the operator.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from ceasefire.access.roles import Role
from tests.browser import worlds


@dataclass(frozen=True)
class Page:
    name: str
    role: Role | None
    url: Callable[[], str]
    given: Callable[[], None] = worlds.nothing
    status: int = 200

    def __str__(self):
        return self.name


def at(url_name: str) -> Callable[[], str]:
    return lambda: reverse(url_name)


PAGES = [
    Page("sign in", None, at("account_login")),
    Page("this week, empty", Role.ANALYST, at("this_week")),
    Page("this week, analyst", Role.ANALYST, at("this_week"), worlds.a_loaded_week),
    Page("this week, captain", Role.CAPTAIN, at("this_week"), worlds.a_loaded_week),
    Page("this week, director", Role.DIRECTOR, at("this_week")),
    Page("shootings", Role.OFFICER, at("registry:shootings"), worlds.a_loaded_week),
    Page("withheld", Role.ANALYST, at("registry:withheld"), worlds.a_loaded_week),
    Page("feeds", Role.ANALYST, at("intake:feeds"), worlds.a_loaded_week),
    Page("load a file", Role.ANALYST, at("intake:load"), worlds.a_loaded_week),
    Page("weeks", Role.CAPTAIN, at("shooting_review:weeks"), worlds.a_loaded_week),
    Page("packet", Role.PROSECUTOR, worlds.last_packet, worlds.a_loaded_week),
    Page("change password", Role.OFFICER, at("account_change_password")),
    Page("second step", Role.OFFICER, at("mfa_index")),
    Page("sessions", Role.OFFICER, at("usersessions_list")),
    Page("confirm it is you", Role.OFFICER, at("account_reauthenticate")),
    Page("sign out", Role.OFFICER, at("account_logout")),
    Page("nothing here", Role.OFFICER, lambda: "/no/such/page", status=404),
]
