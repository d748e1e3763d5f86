-- What nobody at a page may write or read directly: a request by somebody without an account, its
-- state by its code, who received what, and when a contested entry is hidden.

-- One request, already sealed, from this home's own page or clerk: signed with the home's key. The
-- same form sent twice is one request. Returns its number.
CREATE OR REPLACE FUNCTION wall.rights_ask(said text, until bigint, mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    told jsonb := said::jsonb;
    number bigint;
BEGIN
    IF to_timestamp(until) < clock_timestamp() OR NOT wall.signed(format('rights_ask:%s:%s',
            encode(sha256(convert_to(said, 'UTF8')), 'hex'), until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only this home''s own pages take in requests';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('rights_ask:' || (told->>'token'), 0));
    SELECT r.id INTO number FROM rights_request r WHERE r.token = (told->>'token')::uuid;
    IF number IS NOT NULL THEN
        RETURN number;
    END IF;
    INSERT INTO access_recordkey
        (id, room, wrapped, wrapped_by, made_at, destroyed_by, destroyed_because)
    VALUES ((told->>'record_key')::uuid, 'aggregate', decode(told->>'wrapped', 'hex'),
        (told->>'wrapped_by')::integer, clock_timestamp(), '', '');
    INSERT INTO rights_request (quiet, record_class, basis_on, purge_on, trace, sealed_with,
        record_key_id, kind, means, language, name, born, contact, words, token, code_hash,
        received_at, taken_by_id, agency_id, identity_how, closed_because)
    SELECT false, 'consent', wall.today(), (told->>'purge_on')::date, gen_random_uuid(),
        (told->>'sealed_with')::uuid, (told->>'record_key')::uuid, told->>'kind', told->>'means',
        told->>'language', decode(told->>'name', 'hex'), decode(told->>'born', 'hex'),
        decode(told->>'contact', 'hex'), decode(told->>'words', 'hex'), (told->>'token')::uuid,
        told->>'code_hash', clock_timestamp(), who.user_id, who.agency_id, '', ''
    FROM (SELECT 1) AS one LEFT JOIN wall.who() AS who ON true
    RETURNING id INTO number;
    PERFORM wall.audit_entry('rights.asked', 'rights.request', number::text, '{}', '{}', '', '',
        'done', NULL, jsonb_build_object('means', told->>'means'));
    RETURN number;
END $$;

-- The state of a request, for whoever knows its code: days, and never an answer.
CREATE OR REPLACE FUNCTION wall.rights_track(code text) RETURNS TABLE (
    received_at timestamptz, identity_on date, due_on date, answered boolean, closed boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT r.received_at, r.identity_on, max(d.due_on),
        coalesce(bool_and(d.done_at IS NOT NULL), false), r.closed_at IS NOT NULL
    FROM rights_request r LEFT JOIN rights_due d ON d.request_id = r.id
    WHERE r.code_hash = code GROUP BY r.id;
END $$;

-- The agencies that were shown a person, or took a file with that person in it, and when last.
CREATE OR REPLACE FUNCTION wall.rights_recipients(keys text[])
RETURNS TABLE (agency bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT wall.admits('{analyst@police,captain@police,captain@neighbour_police,'
            'prosecutor@prosecutor,probation@probation,auditor@oversight}'::text[])
        OR current_setting('role', true) <> 'ceasefire_investigative' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT e.agency_id, max(e.at) FROM access_auditentry e
    WHERE e.subject_keys && keys AND e.subject_keys <> '{}' AND e.result IN ('shown', 'done')
        AND e.agency_id IS NOT NULL
    GROUP BY e.agency_id ORDER BY e.agency_id;
END $$;

-- Who decides, from which agency and when, is what the database knows of the asker; what was
-- decided stays.
CREATE OR REPLACE FUNCTION wall.contest_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who record;
BEGIN
    IF NOT pg_has_role('ceasefire_web', current_user, 'MEMBER') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.outcome <> '' OR NEW.appealed_at IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'a contest begins undecided';
        END IF;
        RETURN NEW;
    END IF;
    SELECT w.* INTO who FROM (SELECT 1) AS one LEFT JOIN wall.who() AS w ON true;
    IF OLD.outcome <> '' AND (NEW.outcome, NEW.reasons, NEW.decided_by_id, NEW.decided_agency_id,
            NEW.decided_at) IS DISTINCT FROM (OLD.outcome, OLD.reasons, OLD.decided_by_id,
            OLD.decided_agency_id, OLD.decided_at)
        OR OLD.appealed_at IS NOT NULL AND (NEW.appealed_at, NEW.appeal_due_on, NEW.appeal_words)
            IS DISTINCT FROM (OLD.appealed_at, OLD.appeal_due_on, OLD.appeal_words)
        OR OLD.appeal_outcome <> '' THEN
        RAISE check_violation USING MESSAGE = 'what was decided stays';
    END IF;
    IF NEW.outcome <> '' AND OLD.outcome = '' THEN
        IF NOT wall.admits('{captain@police,captain@neighbour_police,prosecutor@prosecutor,'
                'probation@probation}'::text[]) THEN
            RAISE insufficient_privilege USING MESSAGE = 'a contest is decided by somebody else';
        END IF;
        NEW.decided_by_id := who.user_id;
        NEW.decided_agency_id := who.agency_id;
        NEW.decided_at := clock_timestamp();
    ELSIF OLD.outcome = '' THEN
        NEW.decided_by_id := NULL;
        NEW.decided_agency_id := NULL;
        NEW.decided_at := NULL;
    END IF;
    IF NEW.appealed_at IS NOT NULL AND OLD.appealed_at IS NULL THEN
        NEW.appealed_at := clock_timestamp();
    END IF;
    IF NEW.appeal_outcome <> '' THEN
        IF NOT wall.admits('{auditor@oversight}'::text[]) THEN
            RAISE insufficient_privilege USING MESSAGE = 'an appeal is decided by an outsider';
        END IF;
        NEW.appeal_by_id := who.user_id;
        NEW.appeal_agency_id := who.agency_id;
        NEW.appeal_decided_at := clock_timestamp();
    ELSE
        NEW.appeal_by_id := NULL;
        NEW.appeal_agency_id := NULL;
        NEW.appeal_decided_at := NULL;
    END IF;
    RETURN NEW;
END $$;

-- Until when a contested entry is shown: to the last day of what is not decided yet, not at all once
-- any contest of it took it out, and as before where all were decided and it stands. Once it is out,
-- every agency that received it is told to put its copies right.
CREATE OR REPLACE FUNCTION wall.contest_shows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, investigative, pg_temp AS $$
DECLARE
    place text := (SELECT r.place FROM wall.reach r WHERE r.label = split_part(NEW.entry, ':', 1));
    until date;
BEGIN
    SELECT CASE
        WHEN bool_or(coalesce(nullif(c.appeal_outcome, ''), c.outcome) = 'taken_out')
            THEN date '0001-01-01'
        ELSE min(CASE
            WHEN c.outcome = '' THEN c.due_on
            WHEN c.appealed_at IS NOT NULL AND c.appeal_outcome = '' THEN c.appeal_due_on END)
        END INTO until
    FROM rights_contest c WHERE c.entry = NEW.entry;
    IF place IS NULL THEN
        RAISE check_violation USING MESSAGE = 'this is no entry that can be contested';
    END IF;
    EXECUTE format('UPDATE %s SET contested_until = $1 WHERE id = $2', place)
        USING until, split_part(NEW.entry, ':', 2)::bigint;
    IF until = date '0001-01-01' THEN
        -- Whoever was shown the person, or took a file with them, may have a copy.
        INSERT INTO rights_correction (entry, subject, agency_id, last_received_at, made_at,
            due_on, done_how)
        SELECT NEW.entry, NEW.subject, e.agency_id, max(e.at), clock_timestamp(),
            wall.today() + 30, ''
        FROM access_auditentry e
        WHERE e.subject_keys && NEW.known_as::text[] AND e.subject_keys <> '{}'
            AND e.result IN ('shown', 'done') AND e.agency_id IS NOT NULL
        GROUP BY e.agency_id ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

-- That a holder has answered, and never what, is what the others and the person's page learn.
CREATE OR REPLACE FUNCTION wall.rights_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    UPDATE rights_due SET done_at = clock_timestamp()
    WHERE request_id = NEW.request_id AND agency_id = NEW.agency_id AND done_at IS NULL;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'this holder owes no answer';
    END IF;
    RETURN NULL;
END $$;

-- A person wants the answers reviewed: every holder's, so that it tells nothing of any one.
CREATE OR REPLACE FUNCTION wall.rights_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, investigative, shared, services, pg_temp AS $$
BEGIN
    UPDATE rights_investigativeanswer SET review_asked_at = NEW.review_asked_at
    WHERE request_id = NEW.request_id AND agency_id = NEW.agency_id AND review_outcome = '';
    UPDATE rights_sharedanswer SET review_asked_at = NEW.review_asked_at
    WHERE request_id = NEW.request_id AND agency_id = NEW.agency_id AND review_outcome = '';
    UPDATE rights_servicesanswer SET review_asked_at = NEW.review_asked_at
    WHERE request_id = NEW.request_id AND agency_id = NEW.agency_id AND review_outcome = '';
    RETURN NULL;
END $$;

-- An answer stays as it was given; an auditor alone says what a review found, once.
CREATE OR REPLACE FUNCTION wall.answer_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT pg_has_role('ceasefire_web', current_user, 'MEMBER') THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.review_asked_at IS NOT NULL OR NEW.review_outcome <> '' THEN
            RAISE check_violation USING MESSAGE = 'an answer begins unreviewed';
        END IF;
    ELSIF OLD.review_asked_at IS NULL OR OLD.review_outcome <> ''
        OR NOT wall.admits('{auditor@oversight}'::text[]) THEN
        RAISE insufficient_privilege USING MESSAGE = 'an answer is reviewed by an auditor, once';
    ELSE
        NEW.reviewed_by_id := (SELECT w.user_id FROM wall.who() AS w);
        NEW.reviewed_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;

-- What a reviewer wants told is owed anew.
CREATE OR REPLACE FUNCTION wall.rights_answer_anew() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    UPDATE rights_due SET done_at = NULL, due_on = wall.today() + 30
    WHERE request_id = NEW.request_id AND agency_id = NEW.agency_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER step BEFORE INSERT OR UPDATE ON rights_contest
    FOR EACH ROW EXECUTE FUNCTION wall.contest_step();
CREATE OR REPLACE TRIGGER shows AFTER INSERT OR UPDATE ON rights_contest
    FOR EACH ROW EXECUTE FUNCTION wall.contest_shows();
CREATE OR REPLACE TRIGGER answered AFTER INSERT ON rights_investigativeanswer
    FOR EACH ROW EXECUTE FUNCTION wall.rights_answered();
CREATE OR REPLACE TRIGGER answered AFTER INSERT ON rights_sharedanswer
    FOR EACH ROW EXECUTE FUNCTION wall.rights_answered();
CREATE OR REPLACE TRIGGER answered AFTER INSERT ON rights_servicesanswer
    FOR EACH ROW EXECUTE FUNCTION wall.rights_answered();
CREATE OR REPLACE TRIGGER step BEFORE INSERT OR UPDATE ON rights_investigativeanswer
    FOR EACH ROW EXECUTE FUNCTION wall.answer_step();
CREATE OR REPLACE TRIGGER anew AFTER UPDATE ON rights_investigativeanswer FOR EACH ROW
    WHEN (OLD.review_outcome = '' AND NEW.review_outcome = 'tell')
    EXECUTE FUNCTION wall.rights_answer_anew();
CREATE OR REPLACE TRIGGER step BEFORE INSERT OR UPDATE ON rights_sharedanswer
    FOR EACH ROW EXECUTE FUNCTION wall.answer_step();
CREATE OR REPLACE TRIGGER anew AFTER UPDATE ON rights_sharedanswer FOR EACH ROW
    WHEN (OLD.review_outcome = '' AND NEW.review_outcome = 'tell')
    EXECUTE FUNCTION wall.rights_answer_anew();
CREATE OR REPLACE TRIGGER step BEFORE INSERT OR UPDATE ON rights_servicesanswer
    FOR EACH ROW EXECUTE FUNCTION wall.answer_step();
CREATE OR REPLACE TRIGGER anew AFTER UPDATE ON rights_servicesanswer FOR EACH ROW
    WHEN (OLD.review_outcome = '' AND NEW.review_outcome = 'tell')
    EXECUTE FUNCTION wall.rights_answer_anew();
CREATE OR REPLACE TRIGGER review AFTER UPDATE OF review_asked_at ON rights_due
    FOR EACH ROW WHEN (NEW.review_asked_at IS NOT NULL) EXECUTE FUNCTION wall.rights_review();
