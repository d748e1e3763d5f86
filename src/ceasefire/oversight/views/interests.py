"""What came near a declared interest, and the reviewer's decision. Names are never shown here."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.gates import gate
from ceasefire.access.interests.models import RECORD_KEY, InterestFlag
from ceasefire.access.interests.services import flag_decide, record_close
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from ceasefire.kit.tables import Badge, Link
from ceasefire.oversight.readers import AUDITOR

PER_PAGE = 50
reviewers = gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
Decision = InterestFlag.Decision


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=gettext_lazy("Without the person's name."),
    )
    use_required_attribute = False


class CloseForm(forms.Form):
    account = forms.CharField(label=gettext_lazy("Account (user name)"), max_length=150)
    record = forms.RegexField(
        RECORD_KEY,
        label=gettext_lazy("Record"),
        max_length=120,
        help_text=gettext_lazy("For example registry.person:12"),
        error_messages={
            "invalid": gettext_lazy(
                "Write the kind and the number, for example registry.person:12."
            )
        },
    )
    because = forms.CharField(label=gettext_lazy("Why"), max_length=1000)
    use_required_attribute = False

    def clean_account(self) -> User:
        name = self.cleaned_data["account"]
        user = User.objects.filter(username=name).only("pk").first()
        if user is None:
            raise ValidationError(_("There is no account of that name; look at how it is written."))
        return user


@reviewers
def interests(request):
    """What waits first, then what is decided; below, closing a record by hand."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tried(form, record_close):
        messages.success(request, _("The record is closed to that account."))
        return redirect("oversight:interests")
    every = InterestFlag.objects.annotate(who=F("account__display_name"))
    page = Paginator(every.order_by(F("decided_at").asc(nulls_first=True), "-made_at"), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    columns = [_("Account"), _("Record"), _("In common"), _("Since"), _("State")]
    context = {"form": form, "page": page, "columns": columns, "rows": [*map(_row, page)]}
    return render(request, "oversight/interests.html", context)


@reviewers
def interest(request, pk):
    flag = InterestFlag.objects.annotate(
        who=F("account__display_name"), decider=F("decided_by__display_name")
    )
    flag = flag.filter(pk=pk).first()
    if flag is None:
        raise Http404
    form = DecideForm(request.POST or None, initial={"decision": flag.decision or Decision.CLOSED})
    if request.method == "POST" and form.is_valid() and _tried(form, flag_decide, flag=flag):
        messages.success(request, _("The decision is saved."))
        return redirect("oversight:interests")
    return render(
        request, "oversight/interest.html", {"flag": flag, "facts": _facts(flag), "form": form}
    )


def _tried(form, verb, **words) -> object | None:
    try:
        return verb(**words, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _row(flag: InterestFlag) -> list:
    where = reverse("oversight:interest", args=[flag.pk])
    return [
        Link(flag.who, where), flag.record, flag.get_found_display(), flag.made_at, _state(flag)
    ]  # fmt: skip


def _state(flag: InterestFlag) -> Badge:
    if flag.decision == Decision.CLOSED:
        return Badge(_("closed"), "ok")
    return Badge(_("open"), "ok") if flag.decision else Badge(_("to decide"), "due")


def _facts(flag: InterestFlag) -> list[tuple]:
    return [
        (_("Account"), flag.who),
        (_("Record"), flag.record),
        (_("In common"), flag.get_found_display()),
        (_("Since"), flag.made_at),
        (_("Decision"), flag.get_decision_display()),
        (_("Decided by"), flag.decider),
        (_("Decided"), flag.decided_at),
        (_("Why"), flag.because),
    ]
