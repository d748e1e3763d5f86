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
CREATE INDEX IF NOT EXISTS session_of_user ON wall.session (user_id, seen);

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

-- The role that a person has now, or why there is none. A day begins at midnight UTC, whatever
-- time zone the asker's session says. `reason` is empty where there is a role.
DROP FUNCTION IF EXISTS wall.role_of(bigint);
CREATE FUNCTION wall.role_of(of_user bigint) RETURNS TABLE (
    user_id bigint, membership_id bigint, agency_id bigint, role text, agency_kind text,
    closing boolean, reason text
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT m.user_id, m.id, m.agency_id, m.role::text, m.agency_kind::text, a.ends < d.today,
        CASE
            WHEN NOT u.is_active THEN 'closed'
            WHEN m.ended_at IS NOT NULL OR m.ends < d.today THEN 'ended'
            WHEN m.starts > d.today THEN 'coming'
            WHEN a.ends IS NULL THEN 'agreement'
            -- What is not known lets nobody in.
            WHEN m.certified_until >= d.today THEN ''
            ELSE 'certification'
        END
    FROM (SELECT (now() AT TIME ZONE 'UTC')::date) AS d (today)
    JOIN access_membership m ON m.user_id = of_user
    JOIN access_user u ON u.id = m.user_id
    LEFT JOIN LATERAL (
        SELECT max(one.ends) FROM access_agreement one
        WHERE one.agency_id = m.agency_id AND one.ended_at IS NULL
            AND one.starts <= d.today AND one.ends + 60 >= d.today
    ) AS a (ends) ON true
    -- At most one is neither ended nor over; of those that are, the newest says why.
    ORDER BY m.ended_at IS NOT NULL, m.starts > d.today, coalesce(m.ends, 'infinity') DESC, m.id DESC
    LIMIT 1
$$;

DROP FUNCTION IF EXISTS wall.who();
CREATE FUNCTION wall.who() RETURNS TABLE (
    user_id bigint, membership_id bigint, agency_id bigint, role text, agency_kind text,
    operator boolean, closing boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker bigint := wall.bearer();
BEGIN
    IF asker IS NULL THEN
        RETURN;
    ELSIF asker = 0 THEN
        RETURN QUERY
            SELECT NULL::bigint, NULL::bigint, NULL::bigint, 'operator', 'operator', true, false;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT r.user_id, r.membership_id, r.agency_id, r.role, r.agency_kind, false, r.closing
        FROM wall.role_of(asker) AS r WHERE r.reason = '';
END $$;

-- Why the asker has no role now; empty for whoever has one, and for nobody.
CREATE OR REPLACE FUNCTION wall.why_not() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT reason FROM wall.role_of(wall.bearer())), '')
$$;

CREATE OR REPLACE FUNCTION wall.admits(standings text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT operator OR role || '@' || agency_kind = ANY (standings) FROM wall.who()), false)
$$;

-- Whether the asker may change anything: not while the agency's agreement is closing.
CREATE OR REPLACE FUNCTION wall.may_write() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT NOT closing FROM wall.who()), false)
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

-- The audiences of the room at hand whose rows the asker reads: all of them, those that have the
-- asker or the asker's agency, or none.
CREATE OR REPLACE FUNCTION wall.audiences(every text[], own text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker record;
    here text := replace(current_setting('role', true), 'ceasefire_', '');
BEGIN
    SELECT * INTO asker FROM wall.who();
    IF asker.operator OR asker.role || '@' || asker.agency_kind = ANY (every) THEN
        RETURN ARRAY(SELECT id FROM access_audience WHERE room = here ORDER BY id);
    ELSIF asker.role || '@' || asker.agency_kind = ANY (own) THEN
        RETURN ARRAY(
            SELECT id FROM access_audience
            WHERE room = here AND (agencies @> ARRAY[asker.agency_id] OR people @> ARRAY[asker.user_id])
            ORDER BY id
        );
    END IF;
    RETURN '{}';
END $$;

CREATE OR REPLACE FUNCTION wall.own_agency() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT agency_id FROM wall.who()
$$;

-- Begins a session, or goes on with one that was locked. Answers 'asleep' where nobody has used the
-- account for so long that an administrator must wake it, else nothing.
DROP FUNCTION IF EXISTS wall.session_begin(bigint, bytea, bigint, bytea);
CREATE FUNCTION wall.session_begin(of_user bigint, hash bytea, until bigint, mac bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT wall.signed(format('begin:%s:%s:%s', of_user, encode(hash, 'hex'), until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the session is not signed with this home''s key';
    END IF;
    IF EXISTS (
        SELECT FROM access_membership WHERE user_id = of_user HAVING max(awake_since) < now() - interval '90 days'
    ) AND NOT EXISTS (
        SELECT FROM wall.session WHERE user_id = of_user AND seen > now() - interval '90 days'
    ) THEN
        RETURN 'asleep';
    END IF;
    INSERT INTO wall.session (secret_hash, user_id, ends) VALUES (hash, of_user, to_timestamp(until))
    -- A session that was locked goes on where its person has shown again who they are; one that
    -- has ended does not.
    ON CONFLICT (secret_hash) DO UPDATE SET seen = now() WHERE session.ended IS NULL;
    RETURN '';
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
