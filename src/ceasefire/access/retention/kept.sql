-- What the database refuses of rows about people, and the only ways past it: reviews, holds, orders.
--
-- A row's label is its table as the audit log names it ('registry.person'), its number its id.
-- Functions without SECURITY DEFINER do only what their caller may: the keeper everything, a room's
-- role what its row security gives.

-- Filled by the wall from the declared models (access.retention.walls), at every raising anew.
DROP TABLE IF EXISTS wall.reach, wall.hangs, wall.swept, wall.retention_default,
    wall.retention_head, wall.retention_disclosure;
CREATE TABLE wall.retention_default (
    record_class text PRIMARY KEY, least_months integer NOT NULL, most_months integer NOT NULL
);
-- shown: the columns that a purge reads of a row. redacts: column -> what an order leaves in it.
CREATE TABLE wall.reach (
    label text PRIMARY KEY, place text NOT NULL, room text NOT NULL, kept boolean NOT NULL,
    quiet boolean NOT NULL, keyed boolean NOT NULL, tokens boolean NOT NULL,
    shown text[] NOT NULL, redacts jsonb NOT NULL
);
CREATE TABLE wall.hangs (
    -- parent: '*' where the column holds keys.
    child text NOT NULL, link text NOT NULL, parent text NOT NULL,
    falls text NOT NULL CHECK (falls IN ('with', 'loose')), PRIMARY KEY (child, link)
);
CREATE TABLE wall.swept (
    place text NOT NULL, link text NOT NULL, type text NOT NULL, most integer,
    room text NOT NULL, quiet boolean NOT NULL
);

-- Verbs of the audit log whose rows stay as long as the records that they name.
CREATE TABLE wall.retention_disclosure (verb text PRIMARY KEY);
-- The standings that answer for a room's records.
CREATE TABLE wall.retention_head (standing text PRIMARY KEY);

CREATE OR REPLACE FUNCTION wall.is_head() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM wall.who() w JOIN wall.retention_head h
                   ON h.standing = w.role || '@' || w.agency_kind)
$$;

-- Machinery works with a warrant of the home's key: no role can do it by hand.
CREATE OR REPLACE FUNCTION wall.require_home(what text, until bigint, mac bytea) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_timestamp(until) < clock_timestamp()
        OR NOT wall.signed(format('retention:%s:%s', what, until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is not signed with this home''s key';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION wall.place(of_label text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT place FROM wall.reach WHERE label = of_label AND kept
$$;

-- The rule of a class on a day: the city's newest, or the product's own.
CREATE OR REPLACE FUNCTION wall.retention_rule(of_class text, day date) RETURNS TABLE (
    shortest interval, longest interval, words text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    (SELECT make_interval(months => r.least_months), make_interval(months => r.most_months),
            'city:' || r.effective_from
     FROM access_retentionrule r WHERE r.record_class = of_class AND r.effective_from <= day
     ORDER BY r.effective_from DESC LIMIT 1)
    UNION ALL
    (SELECT make_interval(months => d.least_months), make_interval(months => d.most_months),
            'default' FROM wall.retention_default d WHERE d.record_class = of_class)
    LIMIT 1
$$;

-- Rows of a table about people. Arguments: the classes that the table may hold.
CREATE OR REPLACE FUNCTION wall.kept_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rule record;
BEGIN
    IF current_user <> 'ceasefire_keeper' THEN
        IF TG_OP = 'DELETE' THEN
            RAISE insufficient_privilege USING MESSAGE =
                'A record about a person goes by a purge or an order, not by a deletion.';
        ELSIF TG_OP = 'UPDATE' OR NEW.quiet THEN
            RAISE insufficient_privilege USING MESSAGE =
                'record_class, basis_on, purge_on, trace and quiet change by a review, a hold or an '
                'order alone.';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND (OLD.record_class, OLD.basis_on, OLD.purge_on)
        IS NOT DISTINCT FROM (NEW.record_class, NEW.basis_on, NEW.purge_on) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO rule FROM wall.retention_rule(NEW.record_class, current_date);
    IF rule IS NULL OR NEW.record_class <> ALL (TG_ARGV[0]::text[]) THEN
        RAISE check_violation USING MESSAGE = format(
            'record_class: %s keeps no records of the class %L.', TG_TABLE_NAME, NEW.record_class);
    -- A day ahead of the database's clock is still today somewhere.
    ELSIF NEW.basis_on > current_date + 1 THEN
        RAISE check_violation USING MESSAGE = 'basis_on: a fact does not lie in the future.';
    ELSIF NEW.purge_on > NEW.basis_on + rule.longest OR NEW.purge_on < NEW.basis_on + rule.shortest THEN
        RAISE check_violation USING MESSAGE = format(
            'purge_on: under the rule %s of the class %s, from %s to %s, not %s.', rule.words,
            NEW.record_class, (NEW.basis_on + rule.shortest)::date, (NEW.basis_on + rule.longest)::date,
            NEW.purge_on);
    END IF;
    RETURN NEW;
END $$;

-- Nothing is hung on a silent row: the answer is the one for a row that does not exist. The lock is
-- the one that the foreign key takes a moment later; it waits for whoever is silencing the row.
CREATE OR REPLACE FUNCTION wall.parent_speaks() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent bigint;
    silent boolean;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO parent USING NEW;
    EXECUTE format('SELECT quiet FROM %s WHERE id = $1 FOR KEY SHARE', wall.place(TG_ARGV[1]))
        INTO silent USING parent;
    IF silent THEN
        RAISE foreign_key_violation USING MESSAGE = format(
            'insert or update on table "%s" violates a foreign key constraint', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION wall.keeper_alone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user <> 'ceasefire_keeper' THEN
        RAISE insufficient_privilege USING MESSAGE = format(
            'A row of %s is not changed: %s is refused.', TG_TABLE_NAME, TG_OP);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- A purge takes another's name out of a review's words; nothing else of a review changes.
CREATE OR REPLACE FUNCTION wall.review_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (SELECT w.operator FROM wall.who() w)
        AND to_jsonb(NEW) - '{fact,reason}'::text[] = to_jsonb(OLD) - '{fact,reason}'::text[] THEN
        RETURN NEW;
    ELSIF current_user <> 'ceasefire_keeper' THEN
        RAISE insufficient_privilege USING MESSAGE = 'A review is not changed.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- A class of intelligence may only be shortened, by a later rule or before one.
CREATE OR REPLACE FUNCTION wall.rule_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    allowed interval;
BEGIN
    SELECT w.user_id, clock_timestamp() INTO NEW.set_by_id, NEW.set_at FROM wall.who() w;
    IF NEW.record_class = ANY (TG_ARGV[0]::text[]) THEN
        SELECT longest INTO allowed FROM wall.retention_rule(NEW.record_class, NEW.effective_from);
        IF make_interval(months => NEW.most_months) > allowed OR EXISTS (
            SELECT FROM access_retentionrule r WHERE r.record_class = NEW.record_class
                AND r.effective_from > NEW.effective_from AND r.most_months > NEW.most_months) THEN
            RAISE check_violation USING MESSAGE = format(
                'most_months: intelligence is only ever kept shorter; at most %s months.',
                extract(year FROM allowed) * 12 + extract(month FROM allowed));
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Whether the caller's own row security shows this record.
CREATE OR REPLACE FUNCTION wall.seen(of_label text, of_number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text := wall.place(of_label);
    found_one boolean;
BEGIN
    IF place IS NULL THEN RETURN false; END IF;
    EXECUTE format('SELECT true FROM %s WHERE id = $1', place) INTO found_one USING of_number;
    RETURN coalesce(found_one, false);
EXCEPTION WHEN insufficient_privilege THEN
    RETURN false;
END $$;

-- Another's record, a silent one and one that does not exist get the same answer.
CREATE OR REPLACE FUNCTION wall.require_seen(of_label text, of_number bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT wall.seen(of_label, of_number) THEN
        RAISE no_data_found USING MESSAGE = 'there is no such record';
    END IF;
END $$;

-- C25. The record is the reviewer's to see, the moment is the transaction's, the old dates are the
-- record's own; then the record's dates move, under its lock.
CREATE OR REPLACE FUNCTION wall.review_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM wall.require_seen(NEW.label, NEW.number);
    IF NOT wall.is_head() OR (SELECT w.user_id FROM wall.who() w) IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a review wants a named reviewer';
    END IF;
    EXECUTE format('SELECT basis_on, purge_on FROM %s WHERE id = $1', wall.place(NEW.label))
        INTO NEW.old_basis_on, NEW.old_purge_on USING NEW.number;
    SELECT w.user_id, transaction_timestamp() INTO NEW.reviewed_by_id, NEW.reviewed_at
        FROM wall.who() w;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION wall.review_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moved bigint;
BEGIN
    EXECUTE format(
        'UPDATE %1$s SET basis_on = $1, purge_on = coalesce($2, ($1 + (SELECT longest FROM '
        'wall.retention_rule(record_class, current_date)))::date) WHERE id = $3 AND NOT quiet '
        'AND basis_on = $4', wall.place(NEW.label))
        USING NEW.fact_on, NEW.purge_on, NEW.number, NEW.old_basis_on;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> 1 THEN
        RAISE serialization_failure USING MESSAGE = 'the record changed during its review';
    END IF;
    RETURN NULL;
END $$;

-- The keys ('label:id') of a record and of everything that goes with it.
CREATE OR REPLACE FUNCTION wall.kept_under(root text) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    layer text[] := ARRAY[root];
    found_keys text[] := layer;
    below text[];
    fresh text[];
    link record;
BEGIN
    WHILE cardinality(layer) > 0 LOOP
        below := '{}';
        FOR link IN
            SELECT h.child, h.link, h.parent, r.place FROM wall.hangs h
            JOIN wall.reach r ON r.label = h.child
            WHERE h.falls = 'with'
                AND (h.parent = '*' OR h.parent IN (SELECT wall.label_in(k) FROM unnest(layer) k))
        LOOP
            -- '*': the column holds the key of whichever record it is about.
            EXECUTE format('SELECT array_agg(%L || c.id) FROM %s c WHERE c.%I = ANY (%s)',
                link.child || ':', link.place, link.link,
                CASE WHEN link.parent = '*' THEN '$2' ELSE '$1' END)
                INTO fresh USING wall.numbers_in(layer, link.parent), layer;
            below := below || coalesce(fresh, '{}');
        END LOOP;
        SELECT coalesce(array_agg(DISTINCT k), '{}') INTO layer
            FROM unnest(below) k WHERE k <> ALL (found_keys);
        found_keys := found_keys || layer;
    END LOOP;
    RETURN found_keys;
END $$;

CREATE OR REPLACE FUNCTION wall.label_in(key text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT split_part(key, ':', 1) $$;

CREATE OR REPLACE FUNCTION wall.numbers_in(keys text[], of_label text) RETURNS bigint[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(split_part(k, ':', 2)::bigint), '{}') FROM unnest(keys) k
    WHERE split_part(k, ':', 1) = of_label
$$;

-- Locks a record and all that goes with it against change, deletion and new rows that hang on it.
-- Null: the record is gone.
CREATE OR REPLACE FUNCTION wall.lock_under(root text) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    locked text[] := '{}';
    keys text[] := ARRAY[root];
    one record;
    here boolean;
BEGIN
    EXECUTE format('SELECT true FROM %s WHERE id = $1 FOR UPDATE', wall.place(wall.label_in(root)))
        INTO here USING split_part(root, ':', 2)::bigint;
    IF here IS NULL THEN RETURN NULL; END IF;
    -- What was hung on a row while its lock was waited for is locked in the next round.
    WHILE NOT keys <@ locked LOOP
        locked := keys;
        FOR one IN SELECT r.label, r.place FROM wall.reach r
            WHERE r.label IN (SELECT wall.label_in(k) FROM unnest(keys) k) ORDER BY r.label LOOP
            EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE id = ANY ($1) ORDER BY id'
                ' FOR UPDATE) AS l', one.place) USING wall.numbers_in(keys, one.label);
        END LOOP;
        keys := wall.kept_under(root);
    END LOOP;
    RETURN keys;
END $$;
