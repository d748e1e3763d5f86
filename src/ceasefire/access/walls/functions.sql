-- Who is asking, looked up behind row security and never taken from the asker's word.
--
-- `wall.proof` may be set by anyone to anything; only two things in it count:
--   s:SECRET            the secret of a session cookie, of which only the hash is kept here
--   p:USER:UNTIL:MAC    a pass of a command or a job, signed with the home's key (USER 0: operator)

CREATE SCHEMA IF NOT EXISTS wall;

CREATE TABLE IF NOT EXISTS wall.key (
    -- HMAC-SHA256's two padded keys (RFC 2104): the database has no hmac() of its own.
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

CREATE TABLE IF NOT EXISTS wall.session (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    user_id bigint NOT NULL,
    started timestamptz NOT NULL DEFAULT now(),
    seen timestamptz NOT NULL DEFAULT now(),
    ends timestamptz NOT NULL,
    ended timestamptz
);

-- The verbs that a row of the audit log may carry, as the code registers them.
CREATE TABLE IF NOT EXISTS wall.audit_verb (name text PRIMARY KEY);

CREATE OR REPLACE FUNCTION wall.signed(message text, mac bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(mac = sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), false)
    FROM wall.key
$$;

CREATE OR REPLACE FUNCTION wall.bearer() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    proof text := current_setting('wall.proof', true);
    part text[];
BEGIN
    IF proof ~ '^s:[0-9a-f]{64}$' THEN
        RETURN (
            SELECT user_id FROM wall.session
            WHERE secret_hash = sha256(convert_to(substr(proof, 3), 'UTF8')) AND ended IS NULL
                AND ends > now() AND seen > now() - interval '30 minutes'
        );
    ELSIF proof ~ '^p:[0-9]{1,18}:[0-9]{1,12}:[0-9a-f]{64}$' THEN
        part := string_to_array(proof, ':');
        IF wall.signed(part[1] || ':' || part[2] || ':' || part[3], decode(part[4], 'hex'))
            AND to_timestamp(part[3]::bigint) > clock_timestamp() THEN
            RETURN part[2]::bigint;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION wall.who() RETURNS TABLE (
    user_id bigint, membership_id bigint, agency_id bigint, role text, agency_kind text,
    operator boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker bigint := wall.bearer();
BEGIN
    IF asker IS NULL THEN
        RETURN;
    ELSIF asker = 0 THEN
        RETURN QUERY SELECT NULL::bigint, NULL::bigint, NULL::bigint, 'operator', 'operator', true;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT m.user_id, m.id, m.agency_id, m.role::text, a.kind::text, false
        FROM access_membership m
        JOIN access_user u ON u.id = m.user_id
        JOIN access_agency a ON a.id = m.agency_id
        WHERE m.user_id = asker AND u.is_active
            AND m.starts <= current_date AND (m.ends IS NULL OR m.ends >= current_date)
        ORDER BY m.id LIMIT 1;
END $$;

CREATE OR REPLACE FUNCTION wall.admits(standings text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT operator OR role || '@' || agency_kind = ANY (standings) FROM wall.who()), false)
$$;

-- The agencies whose rows the asker reads: all of them, the own one, or none.
CREATE OR REPLACE FUNCTION wall.agencies(every text[], own text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker record;
BEGIN
    SELECT * INTO asker FROM wall.who();
    IF asker.operator OR asker.role || '@' || asker.agency_kind = ANY (every) THEN
        RETURN (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM access_agency);
    ELSIF asker.role || '@' || asker.agency_kind = ANY (own) THEN
        RETURN ARRAY[asker.agency_id];
    END IF;
    RETURN '{}';
END $$;

CREATE OR REPLACE FUNCTION wall.session_begin(of_user bigint, hash bytea, until bigint, mac bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT wall.signed(format('begin:%s:%s:%s', of_user, encode(hash, 'hex'), until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the session is not signed with this home''s key';
    END IF;
    INSERT INTO wall.session (secret_hash, user_id, ends) VALUES (hash, of_user, to_timestamp(until))
    -- A session that was locked goes on where its person has shown again who they are; one that
    -- has ended does not.
    ON CONFLICT (secret_hash) DO UPDATE SET seen = now() WHERE session.ended IS NULL;
END $$;

-- The asker's own session goes on, or ends; nobody else's can be reached.
CREATE OR REPLACE FUNCTION wall.session_seen() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE wall.session SET seen = now()
    WHERE secret_hash = sha256(convert_to(substr(current_setting('wall.proof', true), 3), 'UTF8'))
        AND wall.bearer() IS NOT NULL AND seen < now() - interval '1 minute'
$$;

CREATE OR REPLACE FUNCTION wall.session_end() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE wall.session SET ended = now()
    WHERE secret_hash = sha256(convert_to(substr(current_setting('wall.proof', true), 3), 'UTF8'))
        AND ended IS NULL
$$;

-- The planner's statistics of a table; only its owner may gather them, and a load must.
CREATE OR REPLACE FUNCTION wall.analyse(tables regclass[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one regclass;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('ANALYZE %s', one);
    END LOOP;
END $$;
