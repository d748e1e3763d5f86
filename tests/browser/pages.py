"""Pages in the states that people meet them in: name, address, and who opens it.

Every page of the product, as the access matrix makes it, is in `test_every_page.py`. `given`
prepares what the page shows; it and `url` run as the operator.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from ceasefire.access.roles import Role
from tests.browser import administration_worlds, intake_worlds, oversight_worlds, worlds
from tests.registry.worlds import a_register, page_of


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


def of(url_name: str, *words) -> Callable[[], str]:
    return lambda: reverse(url_name, args=words)


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
    Page("feeds, none yet", Role.ANALYST, at("intake:feeds")),
    Page("load a new feed", Role.ANALYST, at("intake:load_new"), intake_worlds.applied),
    Page("one feed", Role.ANALYST, intake_worlds.feed_page, intake_worlds.applied),
    Page("mapping", Role.ANALYST, intake_worlds.url_of("mapping"), intake_worlds.looked_at),
    Page("being read", Role.ANALYST, intake_worlds.url_of("batch"), intake_worlds.being_read),
    Page("interrupted", Role.ANALYST, intake_worlds.url_of("batch"), intake_worlds.interrupted),
    Page(
        "preview with a question",
        Role.ANALYST,
        intake_worlds.url_of("batch"),
        intake_worlds.staged_with_questions,
    ),
    Page(
        "preview of a file that waits",
        Role.ANALYST,
        intake_worlds.url_of("batch"),
        intake_worlds.waiting_with_changes,
    ),
    Page("applied", Role.ANALYST, intake_worlds.url_of("batch"), intake_worlds.applied),
    Page("refused", Role.ANALYST, intake_worlds.url_of("batch"), intake_worlds.refused),
    Page("weeks", Role.CAPTAIN, at("shooting_review:weeks"), worlds.a_loaded_week),
    Page("packet", Role.PROSECUTOR, worlds.last_packet, worlds.a_loaded_week),
    Page("shootings, none yet", Role.CAPTAIN, at("registry:shootings")),
    Page("shootings", Role.ANALYST, at("registry:shootings"), a_register),
    Page("one shooting", Role.ANALYST, page_of("R-0"), a_register),
    Page(
        "one shooting, as known",
        Role.CAPTAIN,
        page_of("R-0", "?known=2026-01-01"),
        a_register,
    ),
    Page("a withheld shooting", Role.ANALYST, page_of("R-1"), a_register),
    Page("correct a place", Role.ANALYST, page_of("R-0", "correct/place/"), a_register),
    Page("hold or unfound", Role.ANALYST, page_of("R-0", "standing/"), a_register),
    Page("review a withheld shooting", Role.ANALYST, page_of("R-1", "review/"), a_register),
    Page("withheld, to review", Role.ANALYST, at("registry:withheld"), a_register),
    Page("enter a shooting", Role.ANALYST, at("registry:enter"), a_register),
    Page("city and definitions", Role.OUTREACH, at("registry:city"), a_register),
    *administration_worlds.pages(Page),
    Page("no hidden record to open", Role.CAPTAIN, at("exceptional:ask")),
    Page("nothing opened to review", Role.AUDITOR, at("oversight:openings")),
    Page("nothing looked for yet", Role.AUDITOR, at("oversight:purposes")),
    Page("oversight", Role.AUDITOR, at("oversight:overview"), oversight_worlds.an_alert),
    Page("the log", Role.AUDITOR, at("oversight:accesses"), oversight_worlds.an_alert),
    Page("who looked", Role.AUDITOR, oversight_worlds.person, oversight_worlds.an_alert),
    Page("alerts", Role.AUDITOR, at("oversight:alerts"), oversight_worlds.an_alert),
    Page("one alert", Role.AUDITOR, oversight_worlds.alert, oversight_worlds.an_alert),
    Page("breaches", Role.AUDITOR, at("oversight:breaches"), oversight_worlds.a_breach),
    Page("one breach", Role.AUDITOR, oversight_worlds.breach, oversight_worlds.a_breach),
    Page("what an account did", Role.AUDITOR, at("oversight:account")),
    Page("reading budgets", Role.AUDITOR, at("oversight:budgets")),
    Page("open a breach", Role.AUDITOR, at("oversight:breach_new")),
    Page("exports", Role.ANALYST, at("exports:list")),
    Page("ask for an export", Role.ANALYST, lambda: reverse("exports:ask", args=["shootings"])),
    Page("change password", Role.OFFICER, at("account_change_password")),
    Page("second step", Role.OFFICER, at("mfa_index")),
    Page("sessions", Role.OFFICER, at("usersessions_list")),
    Page("confirm it is you", Role.OFFICER, at("account_reauthenticate")),
    Page("sign out", Role.OFFICER, at("account_logout")),
    Page("confirm with a code", Role.OFFICER, at("mfa_reauthenticate")),
    Page("consents", Role.CASE_MANAGER, at("consent:due")),
    Page("consents of a person", Role.OUTREACH, of("consent:person", "outreach.client:12")),
    Page("record what was said", Role.OUTREACH, of("consent:new", "outreach.client:12")),
    Page("people I may not look up", Role.CAPTAIN, at("interests:mine")),
    Page("declared interests", Role.AUDITOR, at("oversight:interests")),
    Page("immigration requests", Role.DIRECTOR, at("federal:requests")),
    Page("record a request", Role.PROBATION, at("federal:new")),
    Page("the year's report", Role.DIRECTOR, of("federal:report", 2026)),
    Page("who has attested", Role.AUDITOR, at("federal:agencies")),
    Page("nothing here", Role.OFFICER, lambda: "/no/such/page", status=404),
]
