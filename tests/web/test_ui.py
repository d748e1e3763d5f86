"""The components every page is built of."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone

from ceasefire.kit.tables import Badge, Link, Number
from ceasefire.web.templatetags.ui import cell, number


def rendered(text, **context):
    request = RequestFactory().get("/list/?kind=fatal")
    return Template("{% load ui %}" + text).render(RequestContext(request, context))


@pytest.mark.parametrize(
    ("value", "printed"), [(12345, "12,345"), (0, "0"), (1.25, "1.2"), (3.0, "3"), (None, "")]
)
def test_figures_have_separators_and_no_needless_places(value, printed):
    assert number(value) == printed


def test_cell_shows_times_in_the_citys_zone_with_the_month_in_words():
    with timezone.override("America/New_York"):
        assert cell(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == "1 Jan 2026, 22:04"
    assert cell(date(2026, 1, 2)) == "2 Jan 2026"


def test_table_right_aligns_figures_and_names_rows_and_columns():
    text = rendered(
        '{% data_table "Files" columns rows %}',
        columns=["File", Number("Rows")],
        rows=[[Link("a.csv", "/a"), 1234]],
    )
    assert "<caption>Files</caption>" in text
    assert '<th scope="row" role="rowheader"><a href="/a">a.csv</a></th>' in text
    assert 'class="n">1,234</td>' in text


def test_words_from_data_are_escaped_everywhere():
    bad = "<b>x</b>"
    text = rendered(
        '{% facts pairs %}{% badge bad "ok" %}{% data_table bad columns rows %}'
        '{% card bad 4 %}{{ bad }}{% endcard %}{% alert "due" %}{{ bad }}{% endalert %}',
        bad=bad,
        pairs=[(bad, bad)],
        columns=[bad],
        rows=[[Badge(bad)], [Link(bad, bad)]],
    )
    assert "<b>" not in text


def test_facts_leave_out_what_is_empty_and_keep_zero():
    text = rendered("{% facts pairs %}", pairs=[("Empty", ""), ("None", None), ("Zero", 0)])
    assert "Zero" in text
    assert "Empty" not in text
    assert "None" not in text


def test_alert_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateSyntaxError, match="An alert is one of"):
        rendered('{% alert "loud" %}x{% endalert %}')


def test_status_is_told_in_words_and_by_a_picture():
    text = rendered('{% alert "late" %}<p>x</p>{% endalert %}')
    assert "Problem:" in text
    assert "#icon-late" in text


class Small(forms.Form):
    name = forms.CharField(help_text="As written.")
    note = forms.CharField(required=False)


def test_field_that_fails_keeps_what_was_typed_and_says_what_is_wrong_at_the_field():
    text = rendered("{% fields form %}", form=Small({"name": "", "note": "kept"}))
    assert 'value="kept"' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text
    assert "Nothing was saved yet" in text


def test_field_that_may_stay_empty_says_so():
    text = rendered("{% field form.note %}", form=Small())
    assert "(optional)" in text


def test_pages_keep_the_other_filters():
    page = Paginator(range(30), 10).page(2)
    text = rendered("{% pages page %}", page=page)
    assert "?kind=fatal&amp;page=1" in text
    assert "?kind=fatal&amp;page=3" in text
    assert "Page 2 of 3" in text


def test_progress_asks_again_until_it_is_done_and_can_be_refreshed_by_hand():
    going = rendered('{% progress 0.4 "Reading" "/p/" %}')
    assert 'hx-get="/p/"' in going
    assert 'value="40"' in going
    assert '<a href="/p/">' in going
    assert "hx-get" not in rendered('{% progress 1 "Reading" "/p/" done=True %}')


def test_figure_prints_sentence_picture_and_table():
    chart = SimpleNamespace(
        title="T", sentence="It shows.", columns=["When", "n"], rows=[["May", 3]], markup="PICTURE"
    )
    text = rendered("{% figure chart %}", chart=chart)
    assert text.index("It shows.") < text.index("PICTURE") < text.index("May")
