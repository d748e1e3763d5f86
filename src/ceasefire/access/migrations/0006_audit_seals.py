"""Seals over the audit log: which rows, their hashes, and the seal before."""

from django.db import migrations

TABLE = """
CREATE TABLE public.access_auditseal (
    batch bigint PRIMARY KEY,
    first_id bigint NOT NULL,
    last_id bigint NOT NULL,
    rows bigint NOT NULL,
    ids int8multirange NOT NULL,
    hashes bytea NOT NULL CHECK (length(hashes) = 32 * rows),
    root bytea NOT NULL,
    previous bytea NOT NULL,
    signature bytea,
    sealed_at timestamptz NOT NULL,
    xid xid8,
    settled bigint NOT NULL,
    CHECK (first_id = lower(ids) AND last_id = upper(ids) - 1)
);
CREATE INDEX access_auditseal_last ON public.access_auditseal (last_id);
REVOKE ALL ON public.access_auditseal FROM PUBLIC;
CREATE TRIGGER only_grows BEFORE DELETE OR TRUNCATE ON public.access_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION wall.audit_guard();
CREATE TRIGGER signed_once BEFORE UPDATE ON public.access_auditseal
    FOR EACH ROW WHEN (OLD.signature IS NOT NULL OR NEW.signature IS NULL)
    EXECUTE FUNCTION wall.audit_guard();
ALTER TABLE public.access_auditseal ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE public.access_auditseal ENABLE ALWAYS TRIGGER signed_once;
"""

SEAL = """
-- Seals the next rows and returns their batch, or nothing when none waits. A row that can be seen
-- here belongs to a finished transaction. A row with a lower number may still come from one that
-- is not finished: it goes into a later batch, and each seal says exactly which rows are its own.
-- Only who holds this home's key seals and signs: a seal that nobody signed would spoil the chain.
CREATE FUNCTION wall.audit_seal(at_most integer, until bigint, mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seal public.access_auditseal;
    start bigint;
BEGIN
    IF to_timestamp(until) < clock_timestamp()
        OR NOT wall.signed(format('seal:%s:%s', at_most, until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'sealing is not signed with this home''s key';
    END IF;
    LOCK TABLE public.access_auditseal IN SHARE ROW EXCLUSIVE MODE;
    SELECT s.batch, s.root, s.settled INTO seal.batch, seal.previous, start
      FROM public.access_auditseal s ORDER BY s.batch DESC LIMIT 1;
    start := coalesce(start, 0);

    -- Up to here no row can still come: whoever could have written one has finished. What they
    -- wrote is seen by the next statement, so the seal after this one need look no further back.
    SELECT s.last_id INTO seal.settled FROM public.access_auditseal s
      WHERE s.xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY s.last_id DESC LIMIT 1;
    WITH waiting AS (
        SELECT e.id, e.hash FROM public.access_auditentry e
        WHERE e.id > start AND NOT e.id <@ (
            SELECT coalesce(range_agg(s.ids), '{}'::int8multirange)
            FROM public.access_auditseal s WHERE s.last_id > start)
        ORDER BY e.id LIMIT at_most)
    SELECT min(w.id), max(w.id), count(*), range_agg(int8range(w.id, w.id, '[]')),
           string_agg(w.hash, ''::bytea ORDER BY w.id)
      INTO seal.first_id, seal.last_id, seal.rows, seal.ids, seal.hashes
      FROM waiting w;
    IF seal.rows = 0 THEN RETURN NULL; END IF;

    seal.batch := coalesce(seal.batch, 0) + 1;
    seal.previous := coalesce(seal.previous, ''::bytea);
    seal.root := sha256(seal.previous || seal.hashes);
    seal.sealed_at := clock_timestamp();
    seal.settled := greatest(start, least(coalesce(seal.settled, 0), seal.last_id));
    -- A number given only now is higher than that of every transaction that may still hold a row
    -- below last_id. One given earlier proves nothing.
    IF pg_current_xact_id_if_assigned() IS NULL THEN seal.xid := pg_current_xact_id(); END IF;
    INSERT INTO public.access_auditseal VALUES (seal.*);
    RETURN seal.batch;
END $$;

CREATE FUNCTION wall.audit_sign(seal bigint, signed bytea, mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT wall.signed(format('sign:%s:%s', seal, encode(signed, 'hex')), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the signature is not this home''s';
    END IF;
    UPDATE public.access_auditseal SET signature = signed WHERE batch = seal;
END $$;

-- Seals hold numbers and hashes only, nothing of what was looked at.
CREATE FUNCTION wall.audit_seals(after bigint) RETURNS TABLE (
    batch bigint, ids int8multirange, root bytea, previous bytea, signature bytea,
    sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.batch, s.ids, s.root, s.previous, s.signature, s.sealed_at
    FROM public.access_auditseal s WHERE s.batch > after ORDER BY s.batch
$$;
"""

UNDO_SEAL = """
DROP FUNCTION wall.audit_seals(bigint);
DROP FUNCTION wall.audit_sign(bigint, bytea, bytea);
DROP FUNCTION wall.audit_seal(integer, bigint, bytea);
"""

VERIFY = """
-- The log against itself and against the row numbers that seals are known to hold.
CREATE FUNCTION wall.audit_check(known int8multirange) RETURNS TABLE (
    rows bigint, unsealed bigint, altered bigint, gone bigint,
    tail_first bigint, tail_last bigint, tail_rows bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH entries AS (
        SELECT count(*) AS rows,
               min(e.id) FILTER (WHERE e.hash <> wall.audit_hash(e)) AS altered
        FROM public.access_auditentry e),
    expected AS MATERIALIZED (
        SELECT i.id, e.id IS NOT NULL AS here
        FROM unnest(known) AS r, generate_series(lower(r), upper(r) - 1) AS i(id)
        LEFT JOIN public.access_auditentry e ON e.id = i.id),
    edge AS (SELECT coalesce(max(id) FILTER (WHERE here), 0) AS last, count(*) FILTER (WHERE here)
        AS sealed FROM expected),
    missing AS (
        SELECT min(x.id) FILTER (WHERE x.id < edge.last) AS gone,
               min(x.id) FILTER (WHERE x.id > edge.last) AS tail_first,
               max(x.id) FILTER (WHERE x.id > edge.last) AS tail_last,
               count(*) FILTER (WHERE x.id > edge.last) AS tail_rows
        FROM expected x, edge WHERE NOT x.here)
    SELECT entries.rows, entries.rows - edge.sealed, entries.altered, missing.gone,
           missing.tail_first, missing.tail_last, missing.tail_rows
    FROM entries, edge, missing
$$;

-- Seals that do not agree with their rows. first_row: the first row that is here and is not what
-- was sealed; null where rows are only missing.
CREATE FUNCTION wall.audit_check_seals() RETURNS TABLE (batch bigint, first_row bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH held AS MATERIALIZED (
        SELECT s.batch, string_agg(e.hash, ''::bytea ORDER BY e.id) AS hashes
        FROM public.access_auditseal s, unnest(s.ids) AS r,
             generate_series(lower(r), upper(r) - 1) AS i(id)
        LEFT JOIN public.access_auditentry e ON e.id = i.id
        GROUP BY s.batch)
    SELECT s.batch, CASE WHEN sha256(s.previous || s.hashes) <> s.root THEN s.first_id ELSE (
        SELECT min(leaf.id) FROM (
            SELECT i.id, substr(s.hashes, (row_number() OVER (ORDER BY i.id) * 32 - 31)::integer, 32)
            FROM unnest(s.ids) AS r, generate_series(lower(r), upper(r) - 1) AS i(id)
        ) AS leaf(id, hash)
        JOIN public.access_auditentry e ON e.id = leaf.id WHERE e.hash <> leaf.hash) END
    FROM held JOIN public.access_auditseal s ON s.batch = held.batch
    WHERE held.hashes IS DISTINCT FROM s.hashes OR sha256(s.previous || s.hashes) <> s.root
    ORDER BY s.batch
$$;
"""

UNDO_VERIFY = """
DROP FUNCTION wall.audit_check_seals();
DROP FUNCTION wall.audit_check(int8multirange);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_audit_log")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE public.access_auditseal"),
        migrations.RunSQL(SEAL, UNDO_SEAL),
        migrations.RunSQL(VERIFY, UNDO_VERIFY),
    ]
