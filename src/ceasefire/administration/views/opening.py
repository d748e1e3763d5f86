"""Opening an account, giving a role, and what is told once: a passphrase or a link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import services
from ceasefire.access.models import Agency
from ceasefire.access.roles import HELD_AT, Role
from ceasefire.access.sign_in import drafts, invitations, passphrases
from ceasefire.administration import labels
from ceasefire.administration.forms import AccountForm, InviteForm, RoleForm, providers
from ceasefire.administration.views.common import ADMINISTRATOR, carried_out, changing, role_named
from ceasefire.administration.views.people import person_found


@changing(methods=("GET",))
def choose(request):
    """First which role: it decides at which agencies the person can be."""
    context = {"choices": _choices(lambda role: reverse("administration:account_new", args=[role]))}
    return render(request, "administration/choose_role.html", context)


@changing(methods=("GET",))
def choose_another(request, pk):
    person = person_found(pk)
    if person.has_open_role(timezone.localdate()):
        return _has_a_role(request, pk)
    context = {
        "person": person.user,
        "choices": _choices(lambda role: reverse("administration:role_new", args=[pk, role])),
    }
    return render(request, "administration/choose_role.html", context)


def _choices(address) -> list[tuple[Role, str, str]]:
    """Each role with the kinds of agency that have it, and where it is given."""
    return [(role, labels.kinds_of(role), address(role.value)) for role in Role]


def _has_a_role(request, pk: int):
    messages.info(request, _("A person has one role at a time. End this role first."))
    return redirect("administration:person", pk)


def _role_page(request, template: str, form, role: Role, **more):
    has_places = Agency.objects.filter(kind__in=HELD_AT[role]).exists()
    context = {"form": form, "role": role, "kinds": labels.kinds_of(role)}
    return render(request, template, context | {"has_places": has_places} | more)


@changing()
def account_new(request, role):
    """The answer to the form shows the passphrase; no page and no record has it again."""
    given = role_named(role)
    form = AccountForm(request.POST or None, role=given, initial={"starts": timezone.localdate()})
    form = drafts.offered(request, form)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "another"}
        if opened := carried_out(form, passphrases.account_begin, role=given, **said):
            return _told_once(request, *opened)
    return _role_page(request, "administration/account_new.html", form, given)


def _told_once(request, person, passphrase: str):
    context = {"person": person, "passphrase": passphrase}
    return render(request, "administration/passphrase.html", context)


@changing(methods=("POST",))
def passphrase(request, pk):
    """A new one, for whoever has mislaid or forgotten it."""
    person = person_found(pk)
    try:
        made = passphrases.passphrase_give(user=person.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("administration:person", pk)
    return _told_once(request, person.user, made)


@changing()
def role_new(request, pk, role):
    given, person = role_named(role), person_found(pk)
    if person.has_open_role(timezone.localdate()):
        return _has_a_role(request, pk)
    form = RoleForm(request.POST or None, role=given, initial={"starts": timezone.localdate()})
    form = drafts.offered(request, form)
    if request.method == "POST" and form.is_valid():
        verb = services.membership_open
        if carried_out(form, verb, user=person.user, role=given, **form.cleaned_data):
            messages.success(request, _("The role is opened. Somebody else certifies it."))
            return redirect("administration:person", pk)
    return _role_page(request, "administration/role_new.html", form, given, person=person.user)


@changing(full=ADMINISTRATOR)
def invite(request, pk):
    """A link that ties an agency's own sign-on to the account; it too is told once."""
    person = person_found(pk).user
    if not providers():
        raise Http404
    form, link = InviteForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        token = invitations.invite(user=person, provider=form.cleaned_data["provider"])
        link = request.build_absolute_uri(reverse("account_invited", args=[token]))
    context = {"form": form, "person": person, "link": link}
    return render(request, "administration/invite.html", context)
