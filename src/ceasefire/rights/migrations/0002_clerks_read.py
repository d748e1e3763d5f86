"""Clerks are shown who asks, and nobody else: a budget for the one role that had none."""

from django.db import migrations

# persons in an hour, in a day, and more after a second step
BUDGET = {"an_hour": 20, "a_day": 80, "after_step_up": 10}


def begin(apps, schema_editor):
    """A city that has set another budget keeps it."""
    budgets = apps.get_model("access", "ReadingBudget")._base_manager
    budgets = budgets.using(schema_editor.connection.alias)
    budgets.filter(role="privacy_officer", an_hour=0, a_day=0).update(**BUDGET)


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_rights")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
