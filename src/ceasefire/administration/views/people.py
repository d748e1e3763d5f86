"""People and the roles that they have."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import services
from ceasefire.access.models import Membership
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import lockout, passphrases
from ceasefire.administration import crew, labels, selectors
from ceasefire.administration.forms import PeopleForm, RoleEndForm, providers
from ceasefire.administration.selectors import Person
from ceasefire.administration.views.common import (
    ADMINISTRATOR,
    carried_out,
    changing,
    found,
    may_change,
    reading,
    tell,
)

PER_PAGE = 50


@reading
def people(request):
    form = PeopleForm(request.GET)
    chosen = form.chosen(selectors.people())
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "may_change": may_change(request),
        "columns": labels.people_columns(),
        "rows": labels.people_rows(page),
    }
    return render(request, "administration/people.html", context)


def person_found(pk: int) -> Person:
    if not (known := selectors.people(pk)):
        raise Http404
    return known[0]


@reading
def person(request, pk):
    """One account: how it stands, what may be done about it, and the roles before."""
    shown, today = person_found(pk), timezone.localdate()
    past = Membership.objects.filter(user=shown.user).select_related("agency").order_by("-id")
    context = {
        "person": shown,
        "held": shown.held,
        "role": shown.held and Role(shown.held.role),
        "badge": labels.state(shown),
        "remedy": labels.REMEDIES.get(shown.reason),
        "facts": labels.held_facts(shown),
        "past_columns": labels.past_columns(),
        "past": labels.past_rows(one for one in past if one != shown.held),
        "is_locked": bool(selectors.locked([shown])),
        **_may(request, shown, today),
        **_history(shown, today),
    }
    return render(request, "administration/person.html", context)


def _history(shown: Person, today) -> dict:
    """Whether criminal-history data is open to a person whose work meets it."""
    if not selectors.meets_criminal_history(shown.held):
        return {}
    certificate = selectors.history_certificate(shown.held)
    return {
        "meets_history": True,
        "certificate": certificate,
        "history_facts": labels.history_facts(certificate),
        "history_is_over": certificate is not None and certificate.certified_until < today,
    }


def _may(request, shown: Person, today) -> dict:
    """What this reader may do about the account."""
    allowed, stands = may_change(request), shown.has_open_role(today)
    administers = allowed and request.actor.role == Role.ADMINISTRATOR
    return {
        "may_change": allowed,
        "stands": stands,
        "waits": shown.waits(today),
        "may_certify": stands and selectors.may_certify(request.actor, shown.held),
        "may_release": administers,
        "may_invite": administers and bool(providers()),
        "never_here": shown.seen is None,
        "may_give": allowed and passphrases.is_guarded(shown.user),
    }


@changing(methods=("POST",))
def certify(request, pk):
    held = found(Membership.objects, pk)
    done = _("The role is certified for a year.")
    tell(request, done, services.membership_certify, membership=held, today=timezone.localdate())
    return redirect("administration:person", held.user_id)


@changing(methods=("POST",))
def wake(request, pk):
    held = found(Membership.objects, pk)
    done = _("The account is awake: the person can sign in again.")
    tell(request, done, services.account_wake, membership=held, today=timezone.localdate())
    return redirect("administration:person", held.user_id)


@changing()
def role_end(request, pk):
    """Confirm that a role ends at once. What has ended stays as it was."""
    held = found(Membership.objects.select_related("agency", "user"), pk)
    if held.ended_at:
        messages.info(request, _("This role has ended already."))
        return redirect("administration:person", held.user_id)
    form = RoleEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ended(form, held):
        messages.success(request, _("The role has ended, and what it opened is shut."))
        return redirect("administration:person", held.user_id)
    context = {"form": form, "held": held, "left": _left_without(held)}
    return render(request, "administration/role_end.html", context)


def _ended(form: RoleEndForm, held: Membership) -> Membership | None:
    return carried_out(form, services.membership_end, membership=held, **form.cleaned_data)


def _left_without(held: Membership) -> int | None:
    """How many keepers would be left, where that is too few to keep the rules of two."""
    if held.role not in crew.KEEPING.roles:
        return None
    rest = [one for one in selectors.people() if one.held and one.held.pk != held.pk]
    left = crew.here_now(crew.KEEPING, rest)
    return left if left < crew.KEEPING.people else None


@changing(full=ADMINISTRATOR, methods=("POST",))
def release(request, pk):
    locked_out = person_found(pk).user
    done = _("The lock is lifted: the person can sign in again.")
    tell(request, done, lockout.account_release, username=locked_out.username)
    return redirect("administration:person", pk)
