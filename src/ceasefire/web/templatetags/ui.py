"""The components every page is built of. `{% load ui %}`, then see each tag's first line."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Badge, Link, Number

register = template.Library()

KINDS = {"info", "ok", "due", "late"}
# A phone shows more columns than this one under another, each value after its heading.
FEW_COLUMNS = 3
MESSAGE_KINDS = {"success": "ok", "warning": "due", "error": "late"}


@register.simple_tag
def icon(name):
    """One of the pictures in web/icons.html; decoration only, so it has no name of its own."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#icon-{}"/></svg>', name
    )


@register.filter
def number(value, places=None):
    """12345.6 -> 12,346 (or `|number:1` -> 12,345.6), as the reader's language writes it."""
    if value is None or value == "":
        return ""
    if places is None:
        places = 0 if isinstance(value, int) or float(value).is_integer() else 1
    # Django's own formatting cuts decimals off; a figure is rounded.
    rounded = round(value, int(places))
    return formats.number_format(rounded, decimal_pos=int(places), force_grouping=True)


@register.filter
def alert_kind(level):
    return MESSAGE_KINDS.get(level, "info")


@register.simple_block_tag
def card(content, title="", span=12):
    """{% card title=_("Due now") span=8 %}...{% endcard %}, inside <div class="grid">."""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html(
        '<section class="card span-{}">{}{}</section>', span, heading, mark_safe(content)
    )


@register.simple_block_tag
def alert(content, kind="info"):
    """{% alert "due" %}<p>...</p>{% endalert %}; kind is info, ok, due or late."""
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"An alert is one of {sorted(KINDS)}, not '{kind}'.")
    return format_html(
        '<div class="alert alert-{}">{}<div><span class="visually-hidden">{}</span>{}</div></div>',
        kind,
        icon(kind),
        _alert_word(kind),
        mark_safe(content),
    )


def _alert_word(kind):
    words = {"info": _("Note:"), "ok": _("Done:"), "due": _("Attention:"), "late": _("Problem:")}
    return words[kind]


@register.simple_tag
def badge(text, kind=""):
    """{% badge incident.get_verification_display "due" %}; the words carry the meaning."""
    return format_html(
        '<span class="badge {}">{}{}</span>', kind, icon(kind) if kind in KINDS else "", text
    )


@register.simple_tag
def facts(pairs):
    """{% facts pairs %}: a definition list from [(term, value), ...]; empty values are left out."""
    rows = [(term, cell(value)) for term, value in pairs if value not in (None, "")]
    body = mark_safe("".join(format_html("<dt>{}</dt><dd>{}</dd>", *row) for row in rows))
    return format_html('<dl class="facts">{}</dl>', body)


@register.filter
def cell(value):
    """How a value is printed in a table or a list: links, badges, figures, dates, or words."""
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.text)
    if isinstance(value, Badge):
        return badge(value.text, value.kind)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return "" if value is None else value


@register.inclusion_tag("web/components/table.html")
def data_table(caption, columns, rows, dense=False):
    """{% data_table _("Batches") columns rows %}.

    columns: words, or kit.tables.Number(words) for figures. rows: lists of as many cells, each a
    value, a Link or a Badge; the first cell of a row names the row.
    """
    numeric = [isinstance(column, Number) for column in columns]
    return {
        "caption": caption,
        "columns": list(zip(columns, numeric, strict=True)),
        "rows": [list(zip(columns, row, numeric, strict=True)) for row in rows],
        "dense": dense,
        "stacks": len(numeric) > FEW_COLUMNS and not dense,
    }


@register.inclusion_tag("web/components/empty.html")
def empty(title, what_to_do, url="", label=""):
    """{% empty _("No files yet") _("Start by loading ...") url _("Load a file") %}."""
    return {"title": title, "what_to_do": what_to_do, "url": url, "label": label}


@register.inclusion_tag("web/components/pages.html", takes_context=True)
def pages(context, page, label="", word="page"):
    """{% pages page_obj %}: earlier and later pages; keeps the rest of the address.

    A page with several lists gives each a label and its own word in the address.
    """
    asked = context["request"].GET
    return {
        "page": page,
        "label": label or _("Pages"),
        "earlier": page.has_previous() and _with(asked, word, page.previous_page_number()),
        "later": page.has_next() and _with(asked, word, page.next_page_number()),
    }


def _with(asked, word, number):
    query = asked.copy()
    query[word] = number
    return f"?{query.urlencode()}"


@register.inclusion_tag("web/components/field.html")
def field(bound_field):
    """{% field form.name %}: label, help, the error at the field, and the box."""
    widget = bound_field.field.widget
    return {
        "field": bound_field,
        "grouped": widget.use_fieldset,
        "tick": getattr(widget, "input_type", "") == "checkbox" and not widget.use_fieldset,
    }


@register.inclusion_tag("web/components/fields.html")
def fields(form):
    """{% fields form %}: every field of a form, and above them what is wrong with the whole."""
    return {"form": form}


@register.inclusion_tag("web/components/progress.html")
def progress(value, doing, url, done=False):
    """{% progress 0.4 _("Reading rows") poll_url %}: value from 0 to 1.

    The address answers with this same component (or with what comes after, when done).
    """
    return {"percent": round(100 * float(value or 0)), "doing": doing, "url": url, "done": done}


@register.inclusion_tag("web/components/figure.html")
def figure(chart, heading="", points_url="", boundaries_url=""):
    """{% figure chart %}: the picture, the sentence that says what it shows, and its table.

    A map with points_url (GeoJSON, see kit.maps.points_geojson) becomes one that can be moved,
    on a page whose scripts block says {% map_scripts %}.
    """
    urls = {"points_url": points_url, "boundaries_url": boundaries_url}
    return {"chart": chart, "heading": heading, **urls, **_table_of(chart)}


@register.inclusion_tag("web/components/map_scripts.html")
def map_scripts():
    """{% map_scripts %} in the block `scripts`: what a map that can be moved needs."""
    return {}


def _table_of(chart):
    numeric = [isinstance(value, int | float) for value in chart.rows[0]] if chart.rows else []
    columns = [
        Number(label) if is_number else label
        for label, is_number in zip(chart.columns, numeric, strict=False)
    ]
    return {"columns": columns, "rows": chart.rows}


@register.inclusion_tag("web/components/count.html")
def count(value, unit, as_of=None, note=""):
    """{% count 9 _("incidents") as_of note %}: a figure with its unit and its as-of time."""
    return {"value": value, "unit": unit, "as_of": as_of, "note": note}
