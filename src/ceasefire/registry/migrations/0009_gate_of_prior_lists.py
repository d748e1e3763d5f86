"""What the database itself holds to of earlier lists, whoever writes (ADR 0024)."""

from django.db import migrations

# A row is decided once, by an analyst of the agency that loaded it; attested by none who loaded it.
DECIDED = """
CREATE FUNCTION wall.prior_row_decided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    asker record;
    list record;
    told text;
BEGIN
    IF NEW.outcome = OLD.outcome THEN
        RETURN NEW;
    END IF;
    SELECT * INTO asker FROM wall.who();
    SELECT l.*, b.received_by_id INTO list FROM registry_priorlist l
        JOIN intake_batch b ON b.id = l.batch_id WHERE l.id = OLD.prior_list_id FOR UPDATE OF l;
    told := CASE
        WHEN OLD.outcome <> '' THEN 'this row has been decided'
        WHEN asker.user_id IS NULL OR asker.role <> 'analyst' OR asker.agency_id <> list.keeper_id
            THEN 'a row is decided by an analyst of the agency that loaded it, by name'
        WHEN NEW.outcome = 'attested' AND asker.user_id = list.loaded_by_id
            THEN 'somebody else than who loaded the list attests its rows'
        WHEN NEW.outcome = 'attested' AND asker.user_id = list.received_by_id
            THEN 'somebody else than who sent the file attests its rows'
        WHEN NEW.outcome = 'attested' AND OLD.purge_on <= current_date
            THEN 'nobody attested this row in time'
    END;
    IF told IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = told;
    END IF;
    NEW.said := '';
    NEW.decided_by_id := asker.user_id;
    NEW.decided_at := clock_timestamp();
    UPDATE registry_priorlist SET attested = attested + (NEW.outcome = 'attested')::integer,
        refused = refused + (NEW.outcome = 'refused')::integer WHERE id = list.id;
    RETURN NEW;
END $$;
CREATE TRIGGER decided BEFORE UPDATE OF outcome, decided_by_id, decided_at
    ON registry_priorrow FOR EACH ROW EXECUTE FUNCTION wall.prior_row_decided();

-- C35. There is no "attest all": one statement attests one row.
CREATE FUNCTION wall.prior_one_by_one() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM changed JOIN before USING (id)
        WHERE changed.outcome = 'attested' AND before.outcome <> 'attested') > 1 THEN
        RAISE check_violation USING MESSAGE = 'rows of a list are attested one by one';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER one_by_one AFTER UPDATE ON registry_priorrow
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION wall.prior_one_by_one();

-- A row comes undecided; and one that goes undecided is counted.
CREATE FUNCTION wall.prior_row_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.outcome <> '' THEN
        RAISE check_violation USING MESSAGE = 'a row of a list begins undecided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON registry_priorrow
    FOR EACH ROW EXECUTE FUNCTION wall.prior_row_begins();
CREATE FUNCTION wall.prior_row_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF OLD.outcome = '' THEN
        UPDATE registry_priorlist SET destroyed = destroyed + 1 WHERE id = OLD.prior_list_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER gone AFTER DELETE ON registry_priorrow
    FOR EACH ROW EXECUTE FUNCTION wall.prior_row_gone();
"""

# C29. Nothing of a list enters the register but by an attested row.
ENTERS = """
CREATE FUNCTION wall.prior_record_enters() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM changed c JOIN intake_feed f ON f.id = c.feed_id
        WHERE f.kind = 'prior_list' AND NOT EXISTS (
            SELECT FROM registry_priorrow r JOIN registry_priorlist l ON l.id = r.prior_list_id
            WHERE l.feed_id = c.feed_id AND r.record_key = c.content_key
                AND r.outcome = 'attested')) THEN
        RAISE check_violation USING MESSAGE = 'nobody has attested this row of the list';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attested AFTER INSERT ON registry_personrecord
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION wall.prior_record_enters();

CREATE FUNCTION wall.naming_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT r.* INTO held FROM registry_priorrow r
        JOIN registry_priorlist l ON l.id = r.prior_list_id
        JOIN registry_personrecord p ON p.content_key = r.record_key
        WHERE p.id = NEW.record_id AND l.batch_id = NEW.batch_id AND r.outcome = 'attested';
    IF held.id IS NULL THEN
        RAISE check_violation USING MESSAGE = 'nobody has attested this row of the list';
    ELSIF NEW.review_by <= current_date OR NEW.review_by > current_date + 366 THEN
        RAISE check_violation USING MESSAGE = 'review_by: after today and within a year';
    END IF;
    NEW.attested_by_id := held.decided_by_id;
    NEW.attested_at := held.decided_at;
    RETURN NEW;
END $$;
CREATE TRIGGER attested BEFORE INSERT ON registry_listnaming
    FOR EACH ROW EXECUTE FUNCTION wall.naming_stands();

-- A fact has its record's person, and goes with the record to another.
ALTER TABLE registry_listnaming ADD CONSTRAINT listnaming_has_its_records_person
    FOREIGN KEY (record_id, person_id) REFERENCES registry_personrecord (id, person_id)
    ON UPDATE CASCADE;
"""

UNDO = """
ALTER TABLE registry_listnaming DROP CONSTRAINT listnaming_has_its_records_person;
DROP TRIGGER attested ON registry_listnaming;
DROP TRIGGER attested ON registry_personrecord;
DROP TRIGGER decided ON registry_priorrow;
DROP TRIGGER one_by_one ON registry_priorrow;
DROP TRIGGER begins ON registry_priorrow;
DROP TRIGGER gone ON registry_priorrow;
DROP FUNCTION wall.prior_row_decided, wall.prior_one_by_one, wall.prior_row_begins,
    wall.prior_row_gone, wall.prior_record_enters, wall.naming_stands;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_prior_lists"), ("intake", "0005_list_of_a_programme")]

    operations = [migrations.RunSQL(DECIDED + ENTERS, UNDO)]
