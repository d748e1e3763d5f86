"""What somebody says who asks for an export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access.exports.models import Export
from ceasefire.access.exports.tables import Table
from ceasefire.access.identity import Actor


class AskForm(forms.Form):
    """Offers the columns that the asker has a right to; those with names are never ticked."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )
    form = forms.ChoiceField(
        label=_("File"), choices=Export.Form.choices, widget=forms.RadioSelect, initial="csv"
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=500,
        help_text=_("Which meeting or case it serves. It is printed in the file."),
        error_messages={"required": _("Say which meeting or case it serves.")},
    )

    def __init__(self, table: Table, actor: Actor, *args):
        super().__init__(*args)
        offered = [c for c in table.columns if not c.names or table.may_export_names(actor)]
        self.fields["columns"].choices = [(column.name, _title(column)) for column in offered]
        self.fields["columns"].initial = [column.name for column in offered if not column.names]


def _title(column) -> str:
    return _("%s (names people)") % column.title if column.names else column.title
