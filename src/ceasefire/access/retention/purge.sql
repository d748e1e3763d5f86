-- The purge. Each function works only with a warrant of the home's key, and only for what is due,
-- under an order, or named by the ledger after a restore.

CREATE OR REPLACE FUNCTION wall.purge_begin(of_kind text, until bigint, mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    run bigint;
BEGIN
    PERFORM wall.require_home('begin:' || of_kind, until, mac);
    -- A purge that was interrupted goes on under its own number. An order has a run to itself.
    INSERT INTO access_purgerun (kind, ran_by_id, begun_at, previous, hash)
    SELECT of_kind, (SELECT w.user_id FROM wall.who() w), clock_timestamp(), '', ''
    ON CONFLICT DO NOTHING RETURNING id INTO run;
    RETURN coalesce(run, (SELECT p.id FROM access_purgerun p
        WHERE p.kind = of_kind AND p.finished_at IS NULL ORDER BY p.id LIMIT 1));
END $$;

-- What is due, by table: the numbers only. A row that is held or under an order is not due.
CREATE OR REPLACE FUNCTION wall.purge_due(of_label text, after bigint, at_most integer,
    until bigint, mac bytea) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.require_home('due:' || of_label, until, mac);
    RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE purge_on <= current_date AND NOT quiet'
        ' AND id > $1 ORDER BY id LIMIT $2', wall.place(of_label)) USING after, at_most;
END $$;

-- Why a record must stay though a purge has come for it; null: it may go.
CREATE OR REPLACE FUNCTION wall.purge_bar(root text, keys text[], why text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    one record;
    bars boolean;
BEGIN
    IF why = 'replay' THEN RETURN NULL; END IF;
    IF EXISTS (SELECT FROM access_frozen f WHERE f.label || ':' || f.number = ANY (keys)
               AND (f.hold_id IS NOT NULL OR why = 'due')) THEN
        RETURN 'held';
    ELSIF why = 'order' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT purge_on > current_date FROM %s WHERE id = $1',
        wall.place(wall.label_in(root))) INTO bars USING split_part(root, ':', 2)::bigint;
    IF bars THEN RETURN 'early'; END IF;
    FOR one IN SELECT r.label, r.place FROM wall.reach r
        WHERE r.kept AND r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s t WHERE id = ANY ($1) AND %L || t.id <> $2'
            ' AND t.basis_on + (SELECT shortest FROM wall.retention_rule(t.record_class,'
            ' current_date)) > current_date)', one.place, one.label || ':')
            INTO bars USING wall.numbers_in(keys, one.label), root;
        IF bars THEN RETURN 'waits'; END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- Locks a record for the transaction at hand and says what of it the purge's reaches need; null
-- where it is gone or must stay.
CREATE OR REPLACE FUNCTION wall.purge_claim(root text, why text, until bigint, mac bytea)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    keys text[];
    one record;
    part jsonb;
    told jsonb := '[]';
BEGIN
    PERFORM wall.require_home(format('claim:%s:%s', root, why), until, mac);
    keys := wall.lock_under(root);
    IF keys IS NULL OR wall.purge_bar(root, keys, why) IS NOT NULL THEN RETURN NULL; END IF;
    FOR one IN SELECT r.* FROM wall.reach r
        WHERE r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format('SELECT jsonb_agg(jsonb_build_object(''label'', %L, ''number'', t.id,'
            ' ''columns'', (SELECT coalesce(jsonb_object_agg(key, value), ''{}'') FROM'
            ' jsonb_each(to_jsonb(t)) WHERE key = ANY ($2)))) FROM %s t WHERE t.id = ANY ($1)',
            one.label, one.place) INTO part USING wall.numbers_in(keys, one.label), one.shown;
        told := told || coalesce(part, '[]');
    END LOOP;
    RETURN told;
END $$;

CREATE OR REPLACE FUNCTION wall.purge_tally(of_run bigint, of_what text, of_class text,
    of_rule text, of_way text, many bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    INSERT INTO access_purgetally AS t (run_id, what, record_class, rule, way, rows)
    SELECT of_run, of_what, of_class, of_rule, of_way, many WHERE many > 0
    ON CONFLICT (run_id, what, record_class, rule, way) DO UPDATE SET rows = t.rows + EXCLUDED.rows
$$;

-- A certificate that is finished takes no more; the lock keeps it open until this is written.
CREATE OR REPLACE FUNCTION wall.purge_open(of_run bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    PERFORM FROM access_purgerun p WHERE p.id = of_run AND p.finished_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE object_not_in_prerequisite_state USING MESSAGE = 'this purge is finished';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION wall.purge_count(of_run bigint, keys text[], why text, of_way text)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    class record;
BEGIN
    FOR one IN SELECT r.* FROM wall.reach r
        WHERE r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        FOR class IN EXECUTE format('SELECT %s AS name, count(*) AS many FROM %s'
            ' WHERE id = ANY ($1) GROUP BY 1', CASE WHEN one.kept THEN 'record_class::text' ELSE '''''::text' END,
            one.place) USING wall.numbers_in(keys, one.label) LOOP
            PERFORM wall.purge_tally(of_run, one.label, class.name, CASE WHEN why <> 'due' THEN why
                ELSE coalesce((SELECT words FROM wall.retention_rule(class.name, current_date)), '')
                END, of_way, class.many);
        END LOOP;
    END LOOP;
END $$;

-- Takes a claimed record away with all that goes with it; returns the record keys that nothing
-- uses any more, for their own destruction in the same transaction.
CREATE OR REPLACE FUNCTION wall.purge_erase(root text, why text, of_run bigint, reached jsonb,
    until bigint, mac bytea) RETURNS TABLE (key uuid, room text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    keys text[];
    used uuid[];
BEGIN
    PERFORM wall.require_home(format('erase:%s:%s:%s', root, why, of_run), until, mac);
    PERFORM wall.purge_open(of_run);
    keys := wall.lock_under(root);
    IF keys IS NULL OR wall.purge_bar(root, keys, why) IS NOT NULL THEN
        RAISE object_not_in_prerequisite_state USING MESSAGE = 'the record is gone or must stay';
    END IF;
    PERFORM wall.purge_count(of_run, keys, why, 'destroy');
    PERFORM wall.purge_tally(of_run, r.key, '', '', 'destroy', r.value::bigint)
        FROM jsonb_each_text(reached) r;
    used := wall.purge_keys(keys) || wall.purge_aside(keys);
    PERFORM wall.purge_rows(keys);
    -- A link that nobody declared stops here, and not at the end of somebody's transaction.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN QUERY SELECT k.id, k.room::text FROM access_recordkey k
        WHERE k.id = ANY (wall.purge_orphans(used));
END $$;

CREATE OR REPLACE FUNCTION wall.purge_keys(keys text[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    part uuid[];
    used uuid[] := '{}';
BEGIN
    FOR one IN SELECT r.* FROM wall.reach r
        WHERE r.keyed AND r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format('SELECT array_agg(DISTINCT record_key_id) FROM %s WHERE id = ANY ($1)',
            one.place) INTO part USING wall.numbers_in(keys, one.label);
        used := used || coalesce(part, '{}');
    END LOOP;
    RETURN used;
END $$;

-- Its reviews and what froze it; returns the reviews' record keys.
CREATE OR REPLACE FUNCTION wall.purge_aside(keys text[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    used uuid[];
BEGIN
    DELETE FROM access_frozen f WHERE f.label || ':' || f.number = ANY (keys);
    WITH gone AS (
        DELETE FROM access_retentionreview r WHERE r.label || ':' || r.number = ANY (keys)
        RETURNING r.record_key_id)
    SELECT array_agg(record_key_id) INTO used FROM gone;
    RETURN coalesce(used, '{}');
END $$;

CREATE OR REPLACE FUNCTION wall.purge_rows(keys text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT h.link, h.parent, r.place FROM wall.hangs h
        JOIN wall.reach r ON r.label = h.child WHERE h.falls = 'loose'
            AND h.parent IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format('UPDATE %s SET %I = NULL WHERE %2$I = ANY ($1)', one.place, one.link)
            USING wall.numbers_in(keys, one.parent);
    END LOOP;
    FOR one IN SELECT r.label, r.place FROM wall.reach r
        WHERE r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) LOOP
        EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', one.place)
            USING wall.numbers_in(keys, one.label);
    END LOOP;
END $$;

-- The record keys that no row uses any more; the tokens of such a record go here.
CREATE OR REPLACE FUNCTION wall.purge_orphans(used uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    still uuid[];
BEGIN
    FOR one IN SELECT r.place FROM wall.reach r WHERE r.keyed LOOP
        EXECUTE format('SELECT array_agg(record_key_id) FROM %s WHERE record_key_id = ANY ($1)',
            one.place) INTO still USING used;
        used := ARRAY(SELECT u FROM unnest(used) u WHERE u <> ALL (coalesce(still, '{}')));
    END LOOP;
    FOR one IN SELECT r.place FROM wall.reach r WHERE r.tokens LOOP
        EXECUTE format('DELETE FROM %s WHERE record_key_id = ANY ($1)', one.place) USING used;
    END LOOP;
    RETURN used;
END $$;

-- What an order leaves of a record that tells of others too.
CREATE OR REPLACE FUNCTION wall.purge_redact(root text, why text, of_run bigint, until bigint, mac bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    left_in_it jsonb := (SELECT r.redacts FROM wall.reach r WHERE r.label = wall.label_in(root));
    used uuid[] := wall.purge_keys(ARRAY[root]);
    one record;
BEGIN
    PERFORM wall.require_home(format('redact:%s:%s:%s', root, why, of_run), until, mac);
    PERFORM wall.purge_open(of_run);
    IF wall.purge_bar(root, ARRAY[root], why) IS NOT NULL THEN
        RAISE object_not_in_prerequisite_state USING MESSAGE = 'the record is held';
    END IF;
    FOR one IN SELECT r.place FROM wall.reach r WHERE r.tokens LOOP
        EXECUTE format('DELETE FROM %s WHERE record_key_id = ANY ($1)', one.place) USING used;
    END LOOP;
    EXECUTE format('UPDATE %s SET %s WHERE id = $1', wall.place(wall.label_in(root)),
        (SELECT string_agg(format('%I = %L', key, value), ', ') FROM jsonb_each_text(left_in_it)))
        USING split_part(root, ':', 2)::bigint;
    PERFORM wall.purge_count(of_run, ARRAY[root], why, 'redact');
    UPDATE access_frozen f SET done = true
        WHERE f.label || ':' || f.number = purge_redact.root AND f.way = 'redact' AND f.order_id IS NOT NULL;
END $$;

-- Copies of names in the free text of a room and of the machinery. Returns how many places.
CREATE OR REPLACE FUNCTION wall.purge_sweep(of_room text, pattern text, instead text, of_run bigint,
    until bigint, mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    one record;
    many bigint;
    total bigint := 0;
BEGIN
    PERFORM wall.require_home(format('sweep:%s:%s', of_room, of_run), until, mac);
    PERFORM wall.purge_open(of_run);
    FOR one IN SELECT * FROM wall.swept s WHERE s.room IN (of_room, 'aggregate') LOOP
        BEGIN
        EXECUTE format('UPDATE %1$s SET %2$I = left(regexp_replace(%2$I::text, $1, $2, ''g''), %3$s)'
            '::%4$s WHERE %2$I::text ~ $1 %5$s', one.place, one.link,
            coalesce(one.most, 1 << 30), one.type, CASE WHEN one.quiet THEN 'AND NOT quiet' END)
            USING pattern, instead;
        GET DIAGNOSTICS many = ROW_COUNT;
        total := total + many;
        -- A table that keeps its text as it is does not keep the rest from going: the certificate
        -- says that somebody must look there.
        EXCEPTION WHEN insufficient_privilege OR integrity_constraint_violation THEN
            PERFORM wall.purge_tally(of_run, 'text left in ' || one.place, '', '', 'redact', 1);
        END;
    END LOOP;
    PERFORM wall.purge_tally(of_run, 'text', '', '', 'redact', total);
    RETURN total;
END $$;

CREATE OR REPLACE FUNCTION wall.purge_note(of_run bigint, what text, many bigint, until bigint,
    mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.require_home(format('note:%s:%s:%s', of_run, what, many), until, mac);
    PERFORM wall.purge_open(of_run);
    PERFORM wall.purge_tally(of_run, what, '', '', 'destroy', many);
END $$;

-- Hash of a certificate: itself, its counts, and the certificate before it.
CREATE OR REPLACE FUNCTION wall.purge_hash(of_run bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_object(
        'run', p.id, 'kind', p.kind, 'ran_by', p.ran_by_id,
        'begun', extract(epoch FROM p.begun_at), 'finished', extract(epoch FROM p.finished_at),
        'previous', p.previous, 'counts', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(t.what, t.record_class, t.rule, t.way,
                t.rows) ORDER BY t.what, t.record_class, t.rule, t.way), '[]')
            FROM access_purgetally t WHERE t.run_id = p.id))::text, 'UTF8')), 'hex')
    FROM access_purgerun p WHERE p.id = of_run
$$;

-- Certificates that are not as they were finished, or do not follow from the one before.
CREATE OR REPLACE FUNCTION wall.purge_check() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    WITH chain AS (
        SELECT p.id, p.hash, p.previous,
               lag(p.hash, 1, '') OVER (ORDER BY p.finished_at, p.id) AS before
        FROM access_purgerun p WHERE p.finished_at IS NOT NULL)
    SELECT c.id FROM chain c WHERE c.previous <> c.before OR c.hash <> wall.purge_hash(c.id)
    ORDER BY c.id
$$;

CREATE OR REPLACE FUNCTION wall.purge_finish(of_run bigint, until bigint, mac bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    PERFORM wall.require_home('finish:' || of_run, until, mac);
    LOCK TABLE access_purgerun IN SHARE ROW EXCLUSIVE MODE;
    UPDATE access_purgerun p SET finished_at = clock_timestamp(), hash = 'open', previous = coalesce((
        SELECT q.hash FROM access_purgerun q WHERE q.finished_at IS NOT NULL
        ORDER BY q.finished_at DESC LIMIT 1), '')
        WHERE p.id = of_run AND p.finished_at IS NULL;
    IF FOUND THEN
        UPDATE access_purgerun SET hash = wall.purge_hash(of_run) WHERE id = of_run;
        UPDATE access_order o SET state = 'carried_out', carried_out_at = clock_timestamp()
            WHERE o.run_id = of_run AND o.state = 'sealed';
    END IF;
    RETURN (SELECT to_jsonb(p) || jsonb_build_object('counts', (
        SELECT coalesce(jsonb_agg(to_jsonb(t) - '{id,run_id}'::text[] ORDER BY t.id), '[]')
        FROM access_purgetally t WHERE t.run_id = of_run))
        FROM access_purgerun p WHERE p.id = of_run);
END $$;

-- Begins the purge of an order that is sealed and that no hold stops; its run, or null.
CREATE OR REPLACE FUNCTION wall.order_begin(of_order bigint, until bigint, mac bytea)
RETURNS TABLE (run bigint, root text, way text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    begun bigint;
BEGIN
    PERFORM wall.require_home('order:' || of_order, until, mac);
    SELECT o.run_id INTO begun FROM access_order o
        WHERE o.id = of_order AND o.state = 'sealed' FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    IF begun IS NULL THEN
        INSERT INTO access_purgerun (kind, ran_by_id, begun_at, previous, hash)
        SELECT 'order', (SELECT w.user_id FROM wall.who() w), clock_timestamp(), '', ''
        RETURNING id INTO begun;
        UPDATE access_order o SET run_id = begun WHERE o.id = of_order;
    END IF;
    RETURN QUERY SELECT begun, f.label || ':' || f.number, f.way::text FROM access_frozen f
        WHERE f.order_id = of_order AND f.root AND NOT f.done
        UNION ALL SELECT begun, NULL, NULL ORDER BY 2 NULLS LAST;
END $$;

-- What an order's certificate counts, for its agency in its room and for who looks over it.
CREATE OR REPLACE FUNCTION wall.order_counts(of_order bigint) RETURNS TABLE (
    what text, record_class text, way text, rows bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT t.what::text, t.record_class::text, t.way::text, sum(t.rows)::bigint
    FROM access_order o JOIN access_purgetally t ON t.run_id = o.run_id, wall.who() w
    WHERE o.id = of_order AND (w.operator OR w.role = 'auditor' OR w.agency_id = o.agency_id
        AND o.room = replace(current_setting('role', true), 'ceasefire_', ''))
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

-- A rule that has come into force: dates outside it move to its bounds. Returns how many.
CREATE OR REPLACE FUNCTION wall.rules_apply(until bigint, mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    many bigint;
    total bigint := 0;
BEGIN
    PERFORM wall.require_home('rules', until, mac);
    FOR one IN SELECT place FROM wall.reach WHERE kept LOOP
        EXECUTE format('UPDATE %1$s t SET purge_on = least(greatest(t.purge_on, t.basis_on + r.shortest),'
            ' t.basis_on + r.longest)::date FROM (SELECT c.record_class, f.* FROM (SELECT DISTINCT'
            ' record_class FROM %1$s) c, wall.retention_rule(c.record_class, current_date) f) r'
            ' WHERE r.record_class = t.record_class AND (t.purge_on < t.basis_on + r.shortest'
            ' OR t.purge_on > t.basis_on + r.longest)', one.place);
        GET DIAGNOSTICS many = ROW_COUNT;
        total := total + many;
    END LOOP;
    RETURN total;
END $$;

-- After a restore: every row about a person, by what names it in the ledger.
CREATE OR REPLACE FUNCTION wall.purge_traces(of_label text, until bigint, mac bytea)
RETURNS TABLE (number bigint, trace uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.require_home('traces:' || of_label, until, mac);
    RETURN QUERY EXECUTE format('SELECT id::bigint, trace FROM %s', wall.place(of_label));
END $$;

-- For whoever looks over it: how much goes when, by table and class; no name and no number of a row.
CREATE OR REPLACE FUNCTION wall.retention_counts() RETURNS TABLE (
    label text, record_class text, month date, due bigint, coming bigint, silent bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF NOT EXISTS (SELECT FROM wall.who() w
                   WHERE w.operator OR w.role IN ('auditor', 'administrator')) THEN RETURN; END IF;
    FOR one IN SELECT r.* FROM wall.reach r WHERE r.kept ORDER BY r.label LOOP
        RETURN QUERY EXECUTE format('SELECT %L, record_class::text, date_trunc(''month'','
            ' greatest(purge_on, current_date))::date,'
            ' count(*) FILTER (WHERE purge_on <= current_date AND NOT quiet),'
            ' count(*) FILTER (WHERE purge_on > current_date AND NOT quiet),'
            ' count(*) FILTER (WHERE quiet)'
            ' FROM %s WHERE purge_on < current_date + interval ''1 year'' OR quiet GROUP BY 2, 3',
            one.label, one.place);
    END LOOP;
END $$;
