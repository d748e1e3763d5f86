"""What the database itself holds to of groups and ties, whoever writes."""

from django.db import migrations

# C31. Whether the city's published policy on groups is recorded and in force today.
OPEN = """
CREATE FUNCTION wall.groups_open() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM registry_grouppolicy
                   WHERE ended_at IS NULL AND effective_from <= current_date);
END $$;
CREATE FUNCTION wall.groups_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT wall.groups_open() THEN
        RAISE check_violation USING MESSAGE =
            'groups are off: no published policy of the city is recorded and in force';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_by_policy BEFORE INSERT ON registry_group
    FOR EACH ROW EXECUTE FUNCTION wall.groups_guard();
CREATE TRIGGER only_by_policy BEFORE INSERT ON registry_source
    FOR EACH ROW EXECUTE FUNCTION wall.groups_guard();
CREATE TRIGGER only_by_policy BEFORE INSERT ON registry_groupstatement
    FOR EACH ROW EXECUTE FUNCTION wall.groups_guard();
CREATE TRIGGER only_by_policy BEFORE INSERT ON registry_groupparty
    FOR EACH ROW EXECUTE FUNCTION wall.groups_guard();
CREATE TRIGGER only_by_policy BEFORE INSERT ON registry_affiliation
    FOR EACH ROW EXECUTE FUNCTION wall.groups_guard();

-- A policy that was ended stays ended; who ended it is what the database knows of the asker.
CREATE FUNCTION wall.policy_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'a policy that was ended stays ended';
    END IF;
    NEW.ended_by_id := coalesce(wall.own_account(), NEW.ended_by_id);
    NEW.ended_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER ends BEFORE UPDATE ON registry_grouppolicy
    FOR EACH ROW EXECUTE FUNCTION wall.policy_ends();
"""

# A row is seen with the record that it belongs to. Declared to cost next to nothing, so that it is
# asked before anything of the asker's own.
SEEN = """
CREATE FUNCTION wall.goes_with(of_label text, of_number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN of_number IS NULL OR wall.seen(of_label, of_number);
END $$;

-- C33, C40, C41. Whether a tie is there: worker and supervisor are of the asker, everybody's is
-- the operator of a home without accounts.
CREATE FUNCTION wall.tie_shows(
    attested timestamptz, grounds smallint, notified date, delayed date, ends date, contest date,
    record_class text, agency bigint, own bigint, worker boolean, supervisor boolean,
    everybodys boolean
) RETURNS boolean
LANGUAGE plpgsql STABLE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home boolean := everybodys OR coalesce(agency = own, false);
BEGIN
    IF ends <= current_date THEN
        RETURN false;
    ELSIF contest < current_date AND NOT (home AND supervisor) THEN
        RETURN false;
    ELSIF home AND worker THEN
        RETURN true;
    END IF;
    RETURN attested IS NOT NULL AND grounds >= 2
        AND (notified IS NOT NULL OR coalesce(delayed >= current_date, false))
        AND (home OR record_class <> 'affiliation_juvenile');
END $$;
"""

# C37. The youngest that any record makes a person, whoever was merged into them included.
BORN = """
CREATE FUNCTION wall.born_last(of_person bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
    WITH RECURSIVE same (id) AS (
        SELECT of_person UNION SELECT p.id FROM registry_person p JOIN same ON p.merged_into_id = same.id
    )
    SELECT max(r.born) FROM registry_personrecord r JOIN same ON r.person_id = same.id
$$;
CREATE FUNCTION wall.tie_age(of_person bigint) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT extract(year FROM age(current_date, wall.born_last(of_person)))::integer
$$;

-- What counts for a tie (criteria.py says the same): of one origin one counts.
CREATE FUNCTION wall.tie_counts(of_tie bigint) RETURNS TABLE (origin uuid, said_on date)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
    SELECT s.origin, max(s."on") FROM registry_citation c
    JOIN registry_source s ON s.id = c.source_id
    JOIN registry_affiliation a ON a.id = c.affiliation_id
    WHERE c.affiliation_id = of_tie AND NOT s.quiet
        AND c.criterion IN ('own_word', 'court', 'took_part', 'named', 'attacked', 'papers')
        AND s.form NOT IN ('tip', 'online')
        AND s.reliability IN ('reliable', 'usually') AND s.content <> 'doubtful'
        AND s."on" > current_date - interval '5 years'
        AND s."on" >= coalesce(wall.born_last(a.person_id) + interval '13 years', '-infinity')
    GROUP BY s.origin
$$;
"""

BEGINS = """
-- A tie begins with nothing but what its drafter says.
CREATE FUNCTION wall.tie_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    years integer;
BEGIN
    -- Of two at once the second finds the first, and no record makes the person younger meanwhile.
    PERFORM FROM registry_person WHERE id = NEW.person_id FOR UPDATE;
    years := wall.tie_age(NEW.person_id);
    IF EXISTS (SELECT FROM registry_affiliation a WHERE a.person_id = NEW.person_id
        AND a.agency_id = NEW.agency_id AND a.purge_on > current_date
        AND (a.group_id = NEW.group_id OR a.side_id = NEW.side_id)) THEN
        RAISE check_violation USING MESSAGE = 'person: this tie is in the register already';
    ELSIF years < 13 THEN
        RAISE check_violation USING MESSAGE = 'person: nobody under 13 is tied to anything';
    ELSIF coalesce(years, 0) < 18 AND NEW.record_class <> 'affiliation_juvenile' THEN
        RAISE check_violation USING MESSAGE =
            'record_class: under 18, or of no known birth, the person is a juvenile';
    END IF;
    NEW.grounds := 0;
    NEW.attested_by_id := NULL; NEW.attested_at := NULL; NEW.notified_on := NULL;
    NEW.delayed_until := NULL; NEW.reviewed_on := NULL; NEW.contest_due := NULL;
    NEW.review_due := NEW.basis_on + (NEW.purge_on - NEW.basis_on) / 2;
    RETURN NEW;
END $$;
-- Before the triggers that share the person's lock: two that share it could not both take it whole.
CREATE TRIGGER a_tie_begins BEFORE INSERT ON registry_affiliation
    FOR EACH ROW EXECUTE FUNCTION wall.tie_begins();

-- Citations come and go, and a source may turn out to repeat another: then less is left.
CREATE FUNCTION wall.tie_recount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'registry_source' THEN
        SELECT array_agg(DISTINCT affiliation_id) INTO touched FROM registry_citation
            WHERE source_id = NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY[OLD.affiliation_id];
    ELSE
        touched := ARRAY[NEW.affiliation_id];
    END IF;
    -- Two citations at once are counted one after the other.
    PERFORM FROM registry_affiliation WHERE id = ANY (touched) ORDER BY id FOR UPDATE;
    UPDATE registry_affiliation a SET grounds = (SELECT count(*) FROM wall.tie_counts(a.id))
        WHERE a.id = ANY (touched);
    RETURN NULL;
END $$;
CREATE TRIGGER counts AFTER INSERT OR DELETE ON registry_citation
    FOR EACH ROW EXECUTE FUNCTION wall.tie_recount();
CREATE TRIGGER counts AFTER UPDATE OF origin, reliability, content, quiet ON registry_source
    FOR EACH ROW EXECUTE FUNCTION wall.tie_recount();
"""

STEPS = """
-- May this step be taken of this tie, by whoever takes it, today?
CREATE FUNCTION wall.tie_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    tie record;
    asked record;
    asker record;
    years integer;
    told text;
BEGIN
    SELECT * INTO tie FROM registry_affiliation WHERE id = NEW.affiliation_id FOR UPDATE;
    SELECT * INTO asker FROM wall.who();
    SELECT * INTO asked FROM registry_tiestep WHERE id = NEW.answers_id;
    years := wall.tie_age(tie.person_id);
    told := CASE
        WHEN tie.purge_on <= current_date THEN 'the tie has ended'
        WHEN asker.user_id IS NULL OR NEW.by_id IS DISTINCT FROM asker.user_id
            THEN 'a step wants the name of who takes it'
        WHEN NEW.kind IN ('attest', 'approve', 'review', 'uphold') AND asker.role <> 'captain'
            THEN 'this step is a supervisor''s'
        WHEN NEW.kind IN ('attest', 'review', 'uphold') AND NEW.by_id = tie.drafted_by_id
            THEN 'by: somebody else than the drafter takes this step'
        WHEN NEW.kind = 'uphold' AND NEW.by_id = tie.attested_by_id
            THEN 'by: somebody else than who attested decides a contest'
        WHEN NEW.kind = 'attest' AND tie.attested_at IS NOT NULL THEN 'it is attested already'
        WHEN NEW.kind = 'attest' AND years < 13 THEN 'nobody under 13 is tied to anything'
        WHEN NEW.kind = 'attest' AND (SELECT count(*) FROM wall.tie_counts(tie.id)) < 2
            THEN 'two independent qualifying sources are needed'
        WHEN NEW.kind = 'attest' AND tie.basis_on > (SELECT max(said_on) FROM wall.tie_counts(tie.id))
            THEN 'its time runs from the newest qualifying source'
        WHEN NEW.kind <> 'attest' AND NEW.kind <> 'end' AND tie.attested_at IS NULL
            THEN 'it is not attested yet'
        WHEN NEW.kind = 'notice' AND (NEW."on" > current_date + 1 OR NEW."on" < tie.drafted_at::date - 1)
            THEN 'on: notice was given between the drafting and today'
        WHEN NEW.kind = 'notice' AND tie.record_class = 'affiliation_juvenile'
            AND NOT NEW.to_guardian THEN 'to_guardian: of a juvenile a guardian is told'
        WHEN NEW.kind = 'delay' AND tie.notified_on IS NOT NULL THEN 'notice has been given'
        WHEN NEW.kind IN ('delay', 'contest')
            AND (NEW.until > current_date + 30 OR NEW.until < current_date)
            THEN 'until: within 30 days'
        WHEN NEW.kind = 'approve' AND (asked.kind IS DISTINCT FROM 'delay'
            OR asked.affiliation_id <> tie.id OR asked.until < current_date)
            THEN 'there is no such delay to approve'
        WHEN NEW.kind = 'approve' AND asked.by_id = NEW.by_id
            THEN 'by: a delay is approved by somebody else than who asked for it'
        WHEN NEW.kind = 'contest' AND tie.contest_due IS NOT NULL THEN 'it is contested already'
        WHEN NEW.kind = 'uphold' AND tie.contest_due IS NULL THEN 'nobody contests it'
    END;
    IF told IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = told;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER may_step BEFORE INSERT ON registry_tiestep
    FOR EACH ROW EXECUTE FUNCTION wall.tie_step();

-- What follows from it. A tie that ends is gone today, and the next purge takes its row.
CREATE FUNCTION wall.tie_stepped() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF NEW.kind = 'attest' THEN
        UPDATE registry_affiliation SET attested_at = NEW.at, attested_by_id = NEW.by_id
            WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'notice' THEN
        UPDATE registry_affiliation SET notified_on = NEW."on" WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'approve' THEN
        UPDATE registry_affiliation SET delayed_until =
            (SELECT until FROM registry_tiestep WHERE id = NEW.answers_id)
            WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'review' THEN
        UPDATE registry_affiliation SET reviewed_on = current_date WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'contest' THEN
        UPDATE registry_affiliation SET contest_due = NEW.until WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'uphold' THEN
        UPDATE registry_affiliation SET contest_due = NULL WHERE id = NEW.affiliation_id;
    ELSIF NEW.kind = 'end' THEN
        UPDATE registry_affiliation SET purge_on = current_date,
            review_due = least(review_due, current_date) WHERE id = NEW.affiliation_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stepped AFTER INSERT ON registry_tiestep
    FOR EACH ROW EXECUTE FUNCTION wall.tie_stepped();
"""

# C37. A record that makes somebody younger shortens the ties that they have already, or ends them.
YOUNGER = """
CREATE FUNCTION wall.ties_grow_younger(of_people bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
    UPDATE registry_affiliation SET
        record_class = 'affiliation_juvenile',
        purge_on = CASE WHEN wall.tie_age(person_id) < 13 THEN greatest(basis_on, current_date)
            ELSE least(purge_on, (basis_on + interval '12 months')::date) END,
        review_due = least(review_due, basis_on + 182, greatest(basis_on, current_date))
    WHERE person_id = ANY (of_people) AND purge_on > current_date
        AND (wall.tie_age(person_id) < 13
            OR (wall.tie_age(person_id) < 18 AND record_class <> 'affiliation_juvenile'))
$$;
CREATE FUNCTION wall.records_tell_age() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
DECLARE
    tied bigint[];
BEGIN
    SELECT array_agg(DISTINCT a.person_id) INTO tied FROM registry_affiliation a
        JOIN changed ON changed.person_id = a.person_id;
    IF tied IS NOT NULL THEN
        PERFORM wall.ties_grow_younger(tied);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tells_age AFTER INSERT ON registry_personrecord
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION wall.records_tell_age();
CREATE TRIGGER tells_age_moved AFTER UPDATE ON registry_personrecord
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION wall.records_tell_age();
CREATE FUNCTION wall.tie_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.ties_grow_younger(ARRAY[NEW.person_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER UPDATE OF person_id ON registry_affiliation
    FOR EACH ROW EXECUTE FUNCTION wall.tie_moves();
"""

# A dispute is looked at once, by a supervisor, in that person's own name.
DISPUTE = """
CREATE FUNCTION wall.dispute_reviewed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker record;
BEGIN
    SELECT * INTO asker FROM wall.who();
    IF OLD.outcome <> '' AND OLD.outcome <> 'watch' THEN
        RAISE check_violation USING MESSAGE = 'outcome: this dispute has been reviewed';
    ELSIF asker.user_id IS NULL OR asker.role <> 'captain' THEN
        RAISE check_violation USING MESSAGE = 'reviewed_by: a supervisor reviews a dispute';
    END IF;
    NEW.reviewed_by_id := asker.user_id;
    NEW.reviewed_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER reviewed BEFORE UPDATE OF outcome, review_words, conflict_id, reviewed_by_id
    ON registry_dispute FOR EACH ROW EXECUTE FUNCTION wall.dispute_reviewed();
"""

GUARDED = (
    "registry_group", "registry_source", "registry_groupstatement", "registry_groupparty", "registry_affiliation",
)  # fmt: skip
UNDO = (
    "".join(f"DROP TRIGGER only_by_policy ON {table};" for table in GUARDED)
    + """
DROP TRIGGER ends ON registry_grouppolicy;
DROP TRIGGER a_tie_begins ON registry_affiliation;
DROP TRIGGER counts ON registry_citation;
DROP TRIGGER counts ON registry_source;
DROP TRIGGER may_step ON registry_tiestep;
DROP TRIGGER stepped ON registry_tiestep;
DROP TRIGGER tells_age ON registry_personrecord;
DROP TRIGGER tells_age_moved ON registry_personrecord;
DROP TRIGGER moves ON registry_affiliation;
DROP TRIGGER reviewed ON registry_dispute;
DROP FUNCTION wall.groups_guard, wall.policy_ends, wall.tie_begins, wall.tie_recount,
    wall.tie_step, wall.tie_stepped, wall.records_tell_age, wall.tie_moves,
    wall.dispute_reviewed, wall.ties_grow_younger, wall.tie_counts, wall.tie_age, wall.born_last;
-- The rows' conditions ask these.
DROP FUNCTION wall.groups_open, wall.goes_with, wall.tie_shows CASCADE;
"""
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_groups_ties_conflicts")]

    operations = [
        migrations.RunSQL(
            OPEN + SEEN + BORN + BEGINS + STEPS + YOUNGER + DISPUTE, UNDO
        ),
    ]
