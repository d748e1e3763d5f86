"""The people whom the reader may not look up, declared by the reader alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.gates import everyone
from ceasefire.access.interests.forms import DeclareForm
from ceasefire.access.interests.meeting import taken_back
from ceasefire.access.interests.models import DeclaredInterest
from ceasefire.access.interests.services import interest_declare, interest_take_back
from ceasefire.access.partitions import Room


@everyone(Room.AGGREGATE, methods=("GET", "POST"))
def mine(request):
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _declared(form):
        messages.success(request, _("It is declared. Nobody else can read it."))
        return redirect("interests:mine")
    standing = DeclaredInterest.objects.exclude(pk__in=taken_back()).select_related("record_key")
    return render(request, "interests/mine.html", {"form": form, "declared": list(standing)})


def _declared(form: DeclareForm) -> DeclaredInterest | None:
    try:
        return interest_declare(**form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


@everyone(Room.AGGREGATE, methods=("POST",))
def take_back(request, pk):
    interest = DeclaredInterest.objects.filter(pk=pk).first()
    if interest is None:
        raise Http404
    interest_take_back(interest=interest)
    messages.info(request, _("The reviewer is asked. Until then it stands."))
    return redirect("interests:mine")
