-- Holds and orders: who may take which step, and the silence that they lay on records.

-- C26. The names are those of whoever asks; the dates are today's; nothing else moves.
CREATE OR REPLACE FUNCTION wall.hold_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker bigint := (SELECT w.user_id FROM wall.who() w);
BEGIN
    IF current_user = 'ceasefire_keeper' THEN RETURN NEW; END IF;
    IF asker IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a hold wants a named person';
    ELSIF TG_OP = 'INSERT' THEN
        NEW.requested_by_id := asker;
        NEW.requested_at := clock_timestamp();
        NEW.approved_by_id := NULL;
        NEW.reviewed_on := current_date;
        NEW.ended_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL OR to_jsonb(NEW) - '{approved_by_id,reviewed_on,review_on,ended_at}'::text[]
        <> to_jsonb(OLD) - '{approved_by_id,reviewed_on,review_on,ended_at}'::text[] THEN
        RAISE insufficient_privilege USING MESSAGE = 'a hold is approved, renewed or ended only';
    ELSIF NOT wall.is_head() THEN
        RAISE insufficient_privilege USING MESSAGE = 'a hold is decided by who answers for the room';
    ELSIF NEW.ended_at IS NOT NULL THEN
        NEW.ended_at := clock_timestamp();
        NEW.approved_by_id := OLD.approved_by_id;
        NEW.reviewed_on := OLD.reviewed_on;
        NEW.review_on := OLD.review_on;
    ELSE
        NEW.approved_by_id := asker;
        NEW.reviewed_on := current_date;
    END IF;
    RETURN NEW;
END $$;

-- C28. Searching -> sealed -> carried out (by the purge alone) -> certified by somebody else.
CREATE OR REPLACE FUNCTION wall.order_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker bigint := (SELECT w.user_id FROM wall.who() w);
    step text;
    free text[] := '{state}';
BEGIN
    IF current_user = 'ceasefire_keeper' THEN RETURN NEW; END IF;
    IF asker IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'an order wants a named person';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.received_on > current_date + 1 THEN
            RAISE check_violation USING MESSAGE = 'received_on: an order does not come tomorrow.';
        END IF;
        NEW.received_by_id := asker;
        NEW.state := 'received';
        NEW.run_id := NULL;
        NEW.certified_by_id := NULL;
        RETURN NEW;
    END IF;
    step := OLD.state || '>' || NEW.state;
    IF step = 'received>sealed' THEN
        NEW.sealed_at := clock_timestamp();
        free := free || '{sealed_at}'::text[];
    ELSIF step IN ('carried_out>returned', 'received>withdrawn', 'sealed>withdrawn') THEN
        IF NOT wall.is_head() OR asker = OLD.received_by_id THEN
            RAISE insufficient_privilege USING MESSAGE =
                'an order is certified or withdrawn by another who answers for the room';
        END IF;
        NEW.certified_by_id := asker;
        NEW.returned_at := clock_timestamp();
        free := free || '{certified_by_id,returned_at,return_text,return_hash,signature}'::text[];
    ELSE
        RAISE check_violation USING MESSAGE = format('state: an order does not go %s.', step);
    END IF;
    IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
        RAISE insufficient_privilege USING MESSAGE = 'an order goes from step to step only';
    END IF;
    RETURN NEW;
END $$;

-- A record is frozen by who sees it, under a hold or an order of the own agency that still stands.
CREATE OR REPLACE FUNCTION wall.frozen_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF current_user = 'ceasefire_keeper' THEN RETURN NEW; END IF;
    NEW.root := true;
    NEW.done := false;
    IF NEW.hold_id IS NOT NULL THEN
        SELECT h.agency_id, h.room INTO NEW.agency_id, NEW.room FROM access_hold h
        WHERE h.id = NEW.hold_id AND h.ended_at IS NULL;
    ELSE
        SELECT o.agency_id, o.room INTO NEW.agency_id, NEW.room FROM access_order o
        WHERE o.id = NEW.order_id AND o.state IN ('received', 'sealed');
    END IF;
    IF NOT FOUND THEN
        RAISE no_data_found USING MESSAGE = 'there is no such record';
    ELSIF EXISTS (SELECT FROM access_frozen f WHERE f.label = NEW.label AND f.number = NEW.number
                  AND coalesce(f.hold_id = NEW.hold_id, f.order_id = NEW.order_id)) THEN
        RETURN NULL;
    END IF;
    -- What the own agency has frozen already may be frozen for another reason too.
    IF NOT EXISTS (SELECT FROM access_frozen f
                   WHERE f.label = NEW.label AND f.number = NEW.number) THEN
        PERFORM wall.require_seen(NEW.label, NEW.number);
    END IF;
    RETURN NEW;
END $$;

-- Silence from this moment: the record, what goes with it, and the tokens by which it is found.
CREATE OR REPLACE FUNCTION wall.frozen_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    keys text[];
BEGIN
    IF NOT NEW.root THEN RETURN NULL; END IF;
    keys := wall.lock_under(NEW.label || ':' || NEW.number);
    IF keys IS NULL THEN
        RAISE no_data_found USING MESSAGE = 'there is no such record';
    END IF;
    INSERT INTO access_frozen (hold_id, order_id, agency_id, room, label, number, root, way, done)
    SELECT NEW.hold_id, NEW.order_id, NEW.agency_id, NEW.room, wall.label_in(k),
           split_part(k, ':', 2)::bigint, false, NEW.way, false
    FROM unnest(keys) k ON CONFLICT DO NOTHING;
    PERFORM wall.quiet_set(keys);
    RETURN NULL;
END $$;

-- Silent is what a hold or an order still freezes; whoever calls this can only bring that about.
CREATE OR REPLACE FUNCTION wall.quiet_set(keys text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    one record;
    used uuid[];
BEGIN
    FOR one IN SELECT r.* FROM wall.reach r
        WHERE r.quiet AND r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format(
            'UPDATE %s t SET quiet = NOT quiet WHERE id = ANY ($1) AND quiet <> EXISTS ('
            'SELECT FROM access_frozen f WHERE f.label = %L AND f.number = t.id)',
            one.place, one.label) USING wall.numbers_in(keys, one.label);
        IF one.keyed THEN
            EXECUTE format('SELECT array_agg(record_key_id) FROM %s WHERE id = ANY ($1)', one.place)
                INTO used USING wall.numbers_in(keys, one.label);
            PERFORM wall.tokens_set(used);
        END IF;
    END LOOP;
END $$;

-- A token is silent while any row of its record is.
CREATE OR REPLACE FUNCTION wall.tokens_set(used uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    silent uuid[] := '{}';
    part uuid[];
BEGIN
    FOR one IN SELECT r.place FROM wall.reach r WHERE r.keyed AND r.quiet LOOP
        EXECUTE format('SELECT array_agg(record_key_id) FROM %s WHERE record_key_id = ANY ($1)'
            ' AND quiet', one.place) INTO part USING used;
        silent := silent || coalesce(part, '{}');
    END LOOP;
    FOR one IN SELECT r.place FROM wall.reach r WHERE r.tokens LOOP
        EXECUTE format('UPDATE %s SET quiet = NOT quiet WHERE record_key_id = ANY ($1)'
            ' AND quiet <> (record_key_id = ANY ($2))', one.place) USING used, silent;
    END LOOP;
END $$;

-- A hold that has ended, an order that was returned or withdrawn: what it froze alone speaks again.
CREATE OR REPLACE FUNCTION wall.thaw() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    keys text[];
BEGIN
    WITH gone AS (
        DELETE FROM access_frozen f
        WHERE CASE TG_ARGV[0] WHEN 'hold' THEN f.hold_id ELSE f.order_id END = NEW.id
        RETURNING f.label || ':' || f.number AS key)
    SELECT array_agg(key) INTO keys FROM gone;
    PERFORM wall.quiet_set(coalesce(keys, '{}'));
    RETURN NULL;
END $$;

-- C26. Holds whose day has passed end; returns those that ended now.
CREATE OR REPLACE FUNCTION wall.holds_lapse(until bigint, mac bytea) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    PERFORM wall.require_home('lapse', until, mac);
    RETURN QUERY UPDATE access_hold SET ended_at = clock_timestamp()
        WHERE ended_at IS NULL AND review_on < current_date RETURNING id;
END $$;

-- C28. Orders that reach day 45 or pass day 60 now, each told once for each.
CREATE OR REPLACE FUNCTION wall.orders_alarm(
    today date, alarm integer, most integer, until bigint, mac bytea)
RETURNS TABLE (id bigint, breach boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    PERFORM wall.require_home('alarm:' || today, until, mac);
    RETURN QUERY UPDATE access_order o SET breached_at = clock_timestamp()
        WHERE o.state IN ('received', 'sealed', 'carried_out') AND o.breached_at IS NULL
            AND o.received_on + most < today RETURNING o.id, true;
    RETURN QUERY UPDATE access_order o SET alarmed_at = clock_timestamp()
        WHERE o.state IN ('received', 'sealed', 'carried_out') AND o.alarmed_at IS NULL
            AND o.breached_at IS NULL AND o.received_on + alarm <= today RETURNING o.id, false;
END $$;

-- Decision 51: recalled text, for whoever answers for the room and did not ask for the hold. The
-- reading is in the log before the text is out.
CREATE OR REPLACE FUNCTION wall.court_copy(of_copy bigint, why text)
RETURNS TABLE (words bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    RETURN QUERY
        SELECT c.words FROM access_courtcopy c JOIN access_hold h ON h.id = c.hold_id, wall.who() w
        WHERE c.id = of_copy AND h.ended_at IS NULL AND h.approved_by_id IS NOT NULL
            AND w.user_id <> h.requested_by_id AND w.agency_id = c.agency_id AND wall.is_head()
            AND c.room = replace(current_setting('role', true), 'ceasefire_', '');
    IF FOUND THEN
        PERFORM wall.audit_entry('retention.court_copy_opened', 'access.courtcopy', of_copy::text, '{}',
            '{words}', why, '', 'shown', NULL, '{}');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION wall.copy_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM access_hold h WHERE h.id = OLD.hold_id AND h.ended_at IS NULL) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a copy for the court stays as long as its hold';
    END IF;
    RETURN OLD;
END $$;
