"""A closed session stays as it is, but that a purge takes a name out of its words; one is planned once."""

from django.db import migrations, models

# The purge writes as the keeper, and the web never does.
MOVES = """
DROP TRIGGER b_moves ON problem_analysis_session;
CREATE TRIGGER b_moves BEFORE INSERT OR UPDATE ON problem_analysis_session
    FOR EACH ROW {}EXECUTE FUNCTION wall.session_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("problem_analysis", "0002_order")]

    operations = [
        migrations.RunSQL(
            MOVES.format("WHEN (current_user <> 'ceasefire_keeper') "), MOVES.format("")
        ),
        migrations.AddConstraint(
            "session",
            models.UniqueConstraint(
                fields=["agency", "on", "title"], name="a_session_is_planned_once"
            ),
        ),
    ]
