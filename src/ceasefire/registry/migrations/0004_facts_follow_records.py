"""A fact has its record's person, and goes with the record to another: the database sees to it."""

from django.db import migrations

FACTS = ("involvement", "contact", "supervisionterm", "courtdisposition")
ADD = """
    ALTER TABLE registry_{fact} ADD CONSTRAINT {fact}_has_its_records_person
    FOREIGN KEY (record_id, person_id) REFERENCES registry_personrecord (id, person_id)
    ON UPDATE CASCADE
"""
DROP = "ALTER TABLE registry_{fact} DROP CONSTRAINT {fact}_has_its_records_person"


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_people")]

    operations = [
        migrations.RunSQL(ADD.format(fact=fact), DROP.format(fact=fact)) for fact in FACTS
    ]
