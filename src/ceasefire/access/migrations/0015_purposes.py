"""What people said they looked for; `access/purposes/functions.sql` has its functions."""

from django.db import migrations

TABLE = """
CREATE TABLE wall.purpose_stated (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bearer_hash bytea NOT NULL CHECK (length(bearer_hash) = 32),
    room text NOT NULL CHECK (room IN ('investigative', 'shared', 'services', 'aggregate')),
    user_id bigint NOT NULL,
    key text NOT NULL CHECK (key ~ '^[a-z_]+[.][a-z_]+:[A-Za-z0-9_.-]{1,60}$'),
    words text NOT NULL CHECK (length(words) <= 300),
    stated timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    ended timestamptz,
    CONSTRAINT a_purpose_lasts_twelve_hours_at_most
        CHECK (ends > stated AND ends <= stated + interval '12 hours')
);
CREATE UNIQUE INDEX one_purpose_for_one_session_and_room
    ON wall.purpose_stated (bearer_hash, room) WHERE ended IS NULL;
REVOKE ALL ON wall.purpose_stated FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0014_federal"),
    ]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE wall.purpose_stated")]
