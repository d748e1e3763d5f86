"""Pages over the small tables of `tests.house`: a list, and a record that may be changed."""

from django import forms
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.html import format_html, format_html_join

from ceasefire.access.gates import gate
from ceasefire.access.policies import policy_of, require_change
from ceasefire.config.urls import urlpatterns as product
from tests.house import CaseNote, Item, Tip, Whisper

MODELS = (Tip, Item, CaseNote, Whisper)


class WordsForm(forms.Form):
    words = forms.CharField(max_length=60)


def _gated(model, methods):
    policy = policy_of(model)
    return gate(
        policy.room,
        full={standing.role for standing in policy.full},
        limited={standing.role for standing in policy.limited},
        at={standing.agency_kind for standing in policy.full | policy.limited},
        methods=methods,
    )


def _list(model):
    @_gated(model, ("GET",))
    def rows(request):
        """Found by a piece of their words, with their count."""
        found = model.objects.filter(words__contains=request.GET.get("q", "")).order_by("pk")
        shown = format_html_join("", "<li>{}</li>", ((row.words,) for row in found))
        return HttpResponse(format_html("<p>{} found</p><ul>{}</ul>", found.count(), shown))

    return rows


def _record(model):
    @_gated(model, ("GET", "POST"))
    def record(request, pk):
        row = model.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        form = WordsForm(request.POST or None, initial={"words": row.words})
        if request.method == "POST":
            require_change(model)
            if form.is_valid():
                model.objects.filter(pk=row.pk).update(words=form.cleaned_data["words"])
                return redirect(request.path)
        return HttpResponse(format_html("<form>{}{}</form>", get_token(request), form.as_p()))

    return record


def _addresses():
    for model in MODELS:
        name = model._meta.model_name
        yield path(f"{name}s/", _list(model), name=f"{name}s")
        yield path(f"{name}s/<int:pk>/", _record(model), name=name)


urlpatterns = [*product, path("house/", include((list(_addresses()), "house")))]
