"""What the database itself holds to of editions: a frozen one stays as it is."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION wall.edition_freezes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'frozen' THEN
            RAISE check_violation USING MESSAGE = 'a frozen edition stays';
        END IF;
        RETURN OLD;
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE check_violation USING MESSAGE = 'state: an edition is a draft first';
        END IF;
        RETURN NEW;
    ELSIF OLD.state = 'frozen' THEN
        RAISE check_violation USING MESSAGE = 'a frozen edition stays as it is';
    ELSIF NEW.state = 'frozen' THEN
        NEW.frozen_at := now();
        NEW.frozen_by_id := coalesce(wall.own_account(), NEW.frozen_by_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_freezes BEFORE INSERT OR UPDATE OR DELETE ON problem_analysis_edition
    FOR EACH ROW EXECUTE FUNCTION wall.edition_freezes();

-- A study of which an edition is frozen keeps its days and what it leaves out.
CREATE FUNCTION wall.study_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF (NEW.starts, NEW.ends, NEW.kinds, NEW.exclude, NEW.as_known)
            IS DISTINCT FROM (OLD.starts, OLD.ends, OLD.kinds, OLD.exclude, OLD.as_known)
            AND EXISTS (SELECT FROM problem_analysis_edition
                        WHERE study_id = OLD.id AND state = 'frozen') THEN
        RAISE check_violation USING MESSAGE = 'a study of which an edition is frozen stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_stands BEFORE UPDATE ON problem_analysis_study
    FOR EACH ROW EXECUTE FUNCTION wall.study_stands();
"""
MELTED = """
DROP TRIGGER b_freezes ON problem_analysis_edition;
DROP FUNCTION wall.edition_freezes();
DROP TRIGGER b_stands ON problem_analysis_study;
DROP FUNCTION wall.study_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("problem_analysis", "0004_studies")]
    operations = [migrations.RunSQL(FROZEN, MELTED)]
