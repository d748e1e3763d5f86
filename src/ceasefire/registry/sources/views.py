"""Recording a source, and one source: what it says, what cites it, what shares its origin."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.policies import require_change
from ceasefire.kit.tables import Link
from ceasefire.registry.groups.views.common import readers, trying, workers
from ceasefire.registry.sources import selectors, services
from ceasefire.registry.sources.forms import JoinForm, SourceForm
from ceasefire.registry.sources.models import Source


@workers("GET", "POST")
def new(request):
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.source_record(**form.cleaned_data)
            messages.success(
                request, _("%(source)s is recorded: cite it by its number.") % {"source": made}
            )
            return redirect("sources:source", made.pk)
    return render(request, "registry/sources/new.html", {"form": form})


@readers("GET", "POST")
def source(request, pk):
    found = selectors.sources().filter(pk=pk).first()
    if found is None:
        raise Http404
    may_write = request.actor.role in selectors.WRITERS
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        require_change(Source)
        if form.is_valid():
            services.sources_join(one=found, other=form.cleaned_data["other"])
            messages.success(request, _("From now on the two count once."))
            return redirect("sources:source", found.pk)
    context = {
        "source": found,
        "facts": _facts(found),
        "same": [[Link(str(one), one.page), one.on] for one in selectors.same_origin(found)],
        "same_columns": [_("Source"), _("Date")],
        "form": form if may_write else None,
    }
    return render(request, "registry/sources/source.html", context)


def _facts(one) -> list[tuple]:
    return [
        (_("What it is"), one.get_form_display()), (_("Number"), one.number), (_("Date"), one.on),
        (_("Agency"), one.agency), (_("Who says it is"), one.get_reliability_display()),
        (_("What is said is"), one.get_content_display()), (_("What it says"), one.words),
        (_("Entered by"), one.maker), (_("Entered"), one.made_at),
    ]  # fmt: skip
