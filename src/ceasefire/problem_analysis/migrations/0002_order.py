"""What the database itself holds to of sessions, whoever writes."""

from django.db import migrations

SESSION = """
-- Planned, then open, then closed. A closed session stays as it is, and its codes are blind no more.
CREATE FUNCTION wall.session_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'planned' THEN
            RAISE check_violation USING MESSAGE = 'state: a session is planned first';
        ELSIF NEW.kind = 'group_audit' AND NOT wall.groups_open() THEN
            RAISE check_violation USING MESSAGE =
                'kind: groups are off: no published policy of the city is recorded and in force';
        END IF;
        NEW.opened_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.state = 'closed' AND (to_jsonb(NEW) - '{quiet,basis_on,purge_on}'::text[])
            <> (to_jsonb(OLD) - '{quiet,basis_on,purge_on}'::text[]) THEN
        RAISE check_violation USING MESSAGE = 'a closed session stays as it is';
    ELSIF NEW.state = OLD.state THEN
        RETURN NEW;
    ELSIF OLD.state = 'planned' AND NEW.state = 'open' THEN
        NEW.opened_at := now();
    ELSIF OLD.state = 'open' AND NEW.state = 'closed' THEN
        NEW.closed_at := now();
        NEW.closed_by_id := coalesce(wall.own_account(), NEW.closed_by_id);
        UPDATE problem_analysis_code SET blind = false
            WHERE blind AND listed_id IN (
                SELECT id FROM problem_analysis_listed WHERE session_id = NEW.id);
    ELSE
        RAISE check_violation USING MESSAGE = 'state: planned, then open, then closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_moves BEFORE INSERT OR UPDATE ON problem_analysis_session
    FOR EACH ROW EXECUTE FUNCTION wall.session_moves();

-- The session under its lock, in one of these states.
CREATE FUNCTION wall.session_in(of_session bigint, states text[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    one record;
BEGIN
    SELECT state, kind INTO one FROM problem_analysis_session WHERE id = of_session FOR SHARE;
    IF one.state IS NULL OR one.state <> ALL (states) THEN
        RAISE check_violation USING MESSAGE =
            'the session is ' || coalesce(one.state, 'not there') || ': nothing is written in it';
    END IF;
    RETURN one.kind;
END $$;

CREATE FUNCTION wall.session_lists() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.session_in(NEW.session_id, '{planned}');
    NEW.codes_in := 0;
    NEW.contested := false;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_listed
    FOR EACH ROW EXECUTE FUNCTION wall.session_lists();
"""

ATTENDING = """
-- Law enforcement sits here, and nobody else: what others know never enters.
CREATE FUNCTION wall.attends(of_agency bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM access_agency WHERE id = of_agency AND kind IN (
            'police', 'neighbour_police', 'federal', 'prosecutor', 'probation')) THEN
        RAISE check_violation USING MESSAGE = 'agency: only law enforcement attends';
    END IF;
END $$;
CREATE FUNCTION wall.attendee_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.session_in(NEW.session_id, '{planned,open}');
    NEW.agency_id := (SELECT r.agency_id FROM wall.role_of(NEW.account_id) r WHERE r.reason = '');
    PERFORM wall.attends(NEW.agency_id);
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_attendee
    FOR EACH ROW EXECUTE FUNCTION wall.attendee_begins();

CREATE FUNCTION wall.guest_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    PERFORM wall.session_in(NEW.session_id, '{planned,open}');
    PERFORM wall.attends(NEW.agency_id);
    IF wall.own_account() IS DISTINCT FROM
            (SELECT chair_id FROM problem_analysis_session WHERE id = NEW.session_id)
            AND wall.own_account() IS NOT NULL THEN
        RAISE check_violation USING MESSAGE =
            'the chair alone attests that somebody without an account is present';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_guest
    FOR EACH ROW EXECUTE FUNCTION wall.guest_begins();
"""

CODING = """
-- One lock for each shooting: of two who code, contest or settle it at once the second sees the
-- first. A first code is blind where a second is due; the second opens both, and where they differ
-- the shooting is contested.
CREATE FUNCTION wall.code_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    one problem_analysis_listed;
    other problem_analysis_code;
BEGIN
    SELECT * INTO one FROM problem_analysis_listed WHERE id = NEW.listed_id FOR UPDATE;
    PERFORM wall.session_in(one.session_id, '{open}');
    SELECT * INTO other FROM problem_analysis_code WHERE listed_id = NEW.listed_id;
    IF NEW.coder_id IS NULL THEN
        RAISE check_violation USING MESSAGE = 'somebody with an account codes a shooting';
    ELSIF other.coder_id = NEW.coder_id THEN
        RAISE check_violation USING MESSAGE =
            'you have coded this shooting: a second coder is somebody else';
    ELSIF one.codes_in > one.second_due::int THEN
        RAISE check_violation USING MESSAGE = 'somebody has coded this shooting meanwhile';
    END IF;
    NEW.nth := one.codes_in + 1;
    NEW.blind := one.second_due AND one.codes_in = 0;
    IF other.id IS NOT NULL THEN
        UPDATE problem_analysis_code SET blind = false WHERE id = other.id;
    END IF;
    UPDATE problem_analysis_listed SET codes_in = codes_in + 1, contested = contested OR (
        other.id IS NOT NULL AND
        (NEW.involvement, NEW.basis, NEW.motivated, NEW.circumstance)
        <> (other.involvement, other.basis, other.motivated, other.circumstance))
        WHERE id = one.id;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_code
    FOR EACH ROW EXECUTE FUNCTION wall.code_begins();

CREATE FUNCTION wall.contest_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    one problem_analysis_listed;
BEGIN
    SELECT * INTO one FROM problem_analysis_listed WHERE id = NEW.listed_id FOR UPDATE;
    PERFORM wall.session_in(one.session_id, '{open,closed}');
    IF one.codes_in = 0 THEN
        RAISE check_violation USING MESSAGE = 'nobody has coded this shooting yet';
    ELSIF EXISTS (SELECT FROM problem_analysis_code WHERE listed_id = one.id AND blind) THEN
        RAISE check_violation USING MESSAGE = 'its second coder is to come: contest it after that';
    END IF;
    UPDATE problem_analysis_listed SET contested = true WHERE id = one.id;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_contest
    FOR EACH ROW EXECUTE FUNCTION wall.contest_code();

CREATE FUNCTION wall.settle_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    one problem_analysis_listed;
BEGIN
    SELECT * INTO one FROM problem_analysis_listed WHERE id = NEW.listed_id FOR UPDATE;
    PERFORM wall.session_in(one.session_id, '{open,closed}');
    IF NOT one.contested THEN
        RAISE check_violation USING MESSAGE = 'nothing is contested: somebody has settled it';
    ELSIF NEW.settled_by_id IS NULL OR EXISTS (SELECT FROM problem_analysis_code
            WHERE listed_id = one.id AND coder_id = NEW.settled_by_id) THEN
        RAISE check_violation USING MESSAGE =
            'it is settled by somebody who has not coded this shooting';
    END IF;
    UPDATE problem_analysis_listed SET contested = false WHERE id = one.id;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_settlement
    FOR EACH ROW EXECUTE FUNCTION wall.settle_code();

CREATE FUNCTION wall.group_walked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF wall.session_in(NEW.session_id, '{open}') <> 'group_audit' OR NOT wall.groups_open() THEN
        RAISE check_violation USING MESSAGE = 'groups are gone through in a group audit alone';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_begins BEFORE INSERT ON problem_analysis_walked
    FOR EACH ROW EXECUTE FUNCTION wall.group_walked();
"""

BEGIN = ("listed", "attendee", "guest", "code", "contest", "settlement", "walked")
UNDO = (
    "DROP TRIGGER b_moves ON problem_analysis_session;"
    + "".join(f"DROP TRIGGER b_begins ON problem_analysis_{table};" for table in BEGIN)
    + """
DROP FUNCTION wall.session_moves, wall.session_in, wall.session_lists, wall.attends,
    wall.attendee_begins, wall.guest_begins, wall.code_begins, wall.contest_code,
    wall.settle_code, wall.group_walked;
"""
)


class Migration(migrations.Migration):
    dependencies = [("problem_analysis", "0001_sessions"), ("registry", "0007_gate_of_ties")]

    operations = [migrations.RunSQL(SESSION + ATTENDING + CODING, UNDO)]
