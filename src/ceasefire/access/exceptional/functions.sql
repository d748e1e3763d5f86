-- Break-glass, decided here and nowhere else: who may open one hidden record, for how long, who is
-- told, who reviews it. What Python checks besides is for the words that it says.

-- The asker's own live session, or NULL: a pass of a command opens nothing.
CREATE OR REPLACE FUNCTION wall.session_number() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM wall.session
    WHERE secret_hash = sha256(convert_to(substr(current_setting('wall.proof', true), 3), 'UTF8'))
        AND user_id = wall.bearer() AND current_setting('wall.proof', true) LIKE 's:%'
$$;

-- Whom an opening concerns: who opened it, and those of its agency who work in its room. At next to
-- no cost, so that it is asked before anything of the reader's own.
CREATE OR REPLACE FUNCTION wall.concerned(
    opened_by bigint, owner bigint, room text, account bigint, agency bigint, home text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(opened_by = account, false) OR coalesce(owner = agency AND room = home, false);
END $$;

-- The n-th business day after a day: neither a weekend nor one of the city's holidays.
CREATE OR REPLACE FUNCTION wall.business_day_after(day date, nth integer) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT d::date FROM generate_series(day + 1, day + 40, interval '1 day') AS d
    WHERE extract(isodow FROM d) < 6
        AND NOT EXISTS (SELECT FROM access_holiday AS h WHERE h.day = d::date)
    ORDER BY d OFFSET nth - 1 LIMIT 1
$$;

CREATE OR REPLACE FUNCTION wall.glass_note(
    verb text, of_model text, of_record bigint, result text, detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.audit_entry(verb, of_model, of_record::text, ARRAY[of_model || ':' || of_record],
        '{}', '', '', result, NULL, detail);
    -- Whoever takes the transaction back takes back the row, and not the server's own log.
    RAISE LOG 'ceasefire: account % %: % %', wall.own_account(), verb, of_model, of_record;
END $$;

-- Opens one record to the asker, in this session. Of opening and refusal one is NULL:
--   step_up   the second factor is not fresh, or has served an attempt already
--   overdue   an earlier opening of this person waits for its review past its day
--   another   another record is still open to this person
--   absent    there is no such record, or nobody may ever open it, or not this person: one answer
-- mac: the home's signature under who was proven by which second factor, and when.
CREATE OR REPLACE FUNCTION wall.glass_open(
    of_model text, of_record bigint, minutes integer, why text, stepped_up bigint, zone text,
    mac bytea)
RETURNS TABLE (opening bigint, refusal text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker record;
    declared wall.glass_model;
    of_owner bigint;
    at_session bigint := wall.session_number();
    said text := format('glass:%s:%s:%s', encode(wall.bearer_hash(), 'hex'), stepped_up, zone);
BEGIN
    SELECT * INTO asker FROM wall.who();
    IF asker.user_id IS NULL OR at_session IS NULL OR NOT wall.signed(said, mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the step is not signed with this home''s key';
    END IF;
    -- One person opens one after the other, from whatever window.
    PERFORM pg_advisory_xact_lock(hashtextextended('glass', asker.user_id));
    refusal := wall.glass_refusal(asker.user_id, stepped_up);
    IF refusal IS NULL THEN
        SELECT * INTO declared FROM wall.glass_model AS g
        WHERE g.model = of_model AND g.room = wall.room() AND wall.admits(g.standings)
            AND NOT asker.closing;
        IF FOUND THEN
            EXECUTE format('SELECT %I FROM %I.%I WHERE %I = $1 AND (%s)', declared.owner_column,
                declared.table_schema, declared.table_name, declared.key_column, declared.besides)
            INTO of_owner USING of_record;
        END IF;
        IF of_owner IS NULL THEN
            refusal := 'absent';
        END IF;
    END IF;
    IF refusal IS NOT NULL THEN
        PERFORM wall.glass_note('glass.refused', left(of_model, 60), of_record, 'denied',
            jsonb_build_object('refusal', refusal));
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO access_opening (model, record, room, owner_id, opened_by_id, session, reason,
        stepped_up_at, opened_at, ends_at, review_due, review_words)
    SELECT of_model, of_record, declared.room, of_owner, asker.user_id, at_session, why,
        to_timestamp(stepped_up), at, at + make_interval(mins => minutes),
        (wall.business_day_after((at AT TIME ZONE zone)::date, 3) + 1)::timestamp AT TIME ZONE zone,
        ''
    FROM clock_timestamp() AS at
    RETURNING id INTO opening;
    PERFORM wall.glass_note('glass.opened', of_model, of_record, 'done',
        jsonb_build_object('opening', opening, 'minutes', minutes));
    RETURN NEXT;
END $$;

-- Why this person may open nothing now, whatever the record; NULL where nothing stands against it.
CREATE OR REPLACE FUNCTION wall.glass_refusal(person bigint, stepped_up bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF to_timestamp(stepped_up) NOT BETWEEN
        clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '5 seconds' THEN
        RETURN 'step_up';
    END IF;
    -- What is older opens nothing anyhow.
    DELETE FROM wall.glass_step AS s
    WHERE s.stepped_up < extract(epoch FROM clock_timestamp() - interval '1 day');
    INSERT INTO wall.glass_step (user_id, stepped_up) VALUES (person, stepped_up)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'step_up';
    END IF;
    IF EXISTS (SELECT FROM access_opening AS o WHERE o.opened_by_id = person
            AND o.reviewed_at IS NULL AND o.review_due < clock_timestamp()) THEN
        RETURN 'overdue';
    END IF;
    UPDATE access_opening SET closed_at = ends_at
    WHERE opened_by_id = person AND closed_at IS NULL AND ends_at <= clock_timestamp();
    IF EXISTS (SELECT FROM access_opening AS o
            WHERE o.opened_by_id = person AND o.closed_at IS NULL) THEN
        RETURN 'another';
    END IF;
    RETURN NULL;
END $$;

-- The number of the record behind a live opening of the asker's, or NULL; each look is recorded.
CREATE OR REPLACE FUNCTION wall.glass_look(of_opening bigint, of_model text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    wanted bigint;
BEGIN
    SELECT o.record INTO wanted
    FROM access_opening AS o JOIN wall.glass_model AS g ON g.model = o.model AND g.room = o.room
    WHERE o.id = of_opening AND o.model = of_model AND o.room = wall.room()
        AND o.opened_by_id = (SELECT user_id FROM wall.who())
        AND o.session = wall.session_number() AND wall.admits(g.standings)
        AND o.closed_at IS NULL AND o.ends_at > clock_timestamp();
    IF wanted IS NOT NULL THEN
        PERFORM wall.glass_note('glass.looked', of_model, wanted, 'shown',
            jsonb_build_object('opening', of_opening));
    END IF;
    RETURN wanted;
END $$;

-- Whether this call closed it: it was the asker's and still open.
CREATE OR REPLACE FUNCTION wall.glass_close(of_opening bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    closed access_opening;
BEGIN
    UPDATE access_opening SET closed_at = least(ends_at, clock_timestamp())
    WHERE id = of_opening AND opened_by_id = (SELECT user_id FROM wall.who()) AND closed_at IS NULL
    RETURNING * INTO closed;
    IF closed.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM wall.glass_note('glass.closed', closed.model, closed.record, 'done',
        jsonb_build_object('opening', of_opening));
    RETURN true;
END $$;

-- The owner's people have read the alert; whether this call said so.
CREATE OR REPLACE FUNCTION wall.glass_seen(of_opening bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker record;
    seen access_opening;
BEGIN
    SELECT * INTO asker FROM wall.who();
    UPDATE access_opening SET seen_at = clock_timestamp(), seen_by_id = asker.user_id
    WHERE id = of_opening AND seen_at IS NULL AND room = wall.room()
        AND owner_id = asker.agency_id AND opened_by_id <> asker.user_id
    RETURNING * INTO seen;
    IF seen.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM wall.glass_note('glass.seen', seen.model, seen.record, 'done',
        jsonb_build_object('opening', of_opening));
    RETURN true;
END $$;

-- An auditor's word on it, given once and never on one's own; it also closes what is still open.
CREATE OR REPLACE FUNCTION wall.glass_review(of_opening bigint, was_justified boolean, words text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker record;
    judged access_opening;
BEGIN
    SELECT * INTO asker FROM wall.who();
    IF asker.role IS DISTINCT FROM 'auditor' THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an auditor reviews an opening';
    END IF;
    UPDATE access_opening SET reviewed_at = clock_timestamp(), reviewed_by_id = asker.user_id,
        justified = was_justified, review_words = words,
        closed_at = coalesce(closed_at, least(ends_at, clock_timestamp()))
    WHERE id = of_opening AND reviewed_at IS NULL AND opened_by_id <> asker.user_id
    RETURNING * INTO judged;
    IF judged.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM wall.glass_note('glass.reviewed', judged.model, judged.record, 'done',
        jsonb_build_object('opening', of_opening, 'justified', was_justified));
    RETURN true;
END $$;
