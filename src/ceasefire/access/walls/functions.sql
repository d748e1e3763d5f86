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
                AND ends > clock_timestamp()
                AND seen > clock_timestamp() - interval '30 minutes'
        );
    ELSIF proof ~ '^p:[0-9]{1,18}:[0-9]{1,12}(:[0-9a-f]{32})?:[0-9a-f]{64}$' THEN
        part := string_to_array(proof, ':');
        IF wall.signed(left(proof, -65), decode(right(proof, 64), 'hex'))
            AND to_timestamp(part[3]::bigint) > clock_timestamp() THEN
            RETURN part[2]::bigint;
        END IF;
    END IF;
    RETURN NULL;
END $$;

-- The city's time zone, and the day that it is there: in it days and quarters end.
CREATE OR REPLACE FUNCTION wall.city_zone() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT time_zone FROM registry_city LIMIT 1), 'UTC');
END $$;

CREATE OR REPLACE FUNCTION wall.today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (now() AT TIME ZONE wall.city_zone())::date
$$;

-- Why a person of a federal agency, or of one with delegated immigration authority, has no role:
-- 'attestation' is lacking this quarter, or 'detailed' to immigration enforcement. Empty where the
-- person has attested, null where nobody asks it of them.
-- Reads what its caller may: only the functions below learn it of anybody.
CREATE OR REPLACE FUNCTION wall.federal_bar(of_user bigint, of_agency bigint, kind text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    answers text[];
BEGIN
    IF kind <> 'federal' AND NOT EXISTS (
        SELECT FROM access_delegatedauthority AS d
        WHERE d.agency_id = of_agency AND d.ended_on IS NULL
    ) THEN
        RETURN NULL;
    END IF;
    SELECT array_agg(f.answer) INTO answers FROM access_federalattestation AS f
    WHERE f.account_id = of_user AND f.agency_id = of_agency AND f.ends_at > now();
    RETURN CASE
        WHEN 'detailed' = ANY (answers) THEN 'detailed'
        WHEN 'no_duty' = ANY (answers) THEN ''
        ELSE 'attestation'
    END;
END $$;

-- The role that a person has now, or why there is none. A day is the city's, whatever
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
            WHEN m.certified_until >= d.today
                THEN coalesce(wall.federal_bar(m.user_id, m.agency_id, m.agency_kind), '')
            ELSE 'certification'
        END
    FROM wall.today() AS d (today)
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

-- Who asks: {user, membership, agency, role, kind of agency, operator, closing}, or NULL for nobody.
-- Looking it up costs more than many a question does, so that the answer is kept for a second of the
-- transaction at hand as a claim that this home's key has signed: for this connection, this
-- transaction, this proof and this moment. Nobody can write one, and no other transaction takes it.
CREATE OR REPLACE FUNCTION wall.asker() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept text := current_setting('wall.claim', true);
    bound text := concat_ws(
        '|', pg_backend_pid(), extract(epoch FROM now()), current_setting('wall.proof', true));
    key wall.key;
    found text[];
    answer text[];
BEGIN
    -- A transaction that sees the past would see a role that has ended since.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM wall.key;
    IF kept <> '' THEN
        found := string_to_array(kept, '|');
        IF found[1] = encode(sha256(key.outer_pad || sha256(key.inner_pad
                || convert_to('claim:' || bound || substr(kept, 65), 'UTF8'))), 'hex')
            AND extract(epoch FROM clock_timestamp()) - found[2]::numeric < 1 THEN
            RETURN found[3:9];
        END IF;
    END IF;
    answer := wall.looked_up(wall.bearer());
    IF answer IS NULL THEN
        RETURN NULL;
    END IF;
    kept := '|' || array_to_string(extract(epoch FROM clock_timestamp())::text || answer, '|', '');
    PERFORM set_config('wall.claim', encode(sha256(key.outer_pad || sha256(key.inner_pad
        || convert_to('claim:' || bound || kept, 'UTF8'))), 'hex') || kept, true);
    RETURN answer;
END $$;

CREATE OR REPLACE FUNCTION wall.looked_up(bearer bigint) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF bearer IS NULL THEN
        RETURN NULL;
    ELSIF bearer = 0 THEN
        RETURN ARRAY['', '', '', 'operator', 'operator', 'true', 'false'];
    END IF;
    RETURN (
        SELECT ARRAY[r.user_id::text, r.membership_id::text, r.agency_id::text, r.role,
            r.agency_kind, 'false', r.closing::text]
        FROM wall.role_of(bearer) AS r WHERE r.reason = ''
    );
END $$;

DROP FUNCTION IF EXISTS wall.who();
CREATE FUNCTION wall.who() RETURNS TABLE (
    user_id bigint, membership_id bigint, agency_id bigint, role text, agency_kind text,
    operator boolean, closing boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker text[] := wall.asker();
BEGIN
    IF asker IS NOT NULL THEN
        RETURN QUERY SELECT nullif(asker[1], '')::bigint, nullif(asker[2], '')::bigint,
            nullif(asker[3], '')::bigint, asker[4], asker[5], asker[6]::boolean, asker[7]::boolean;
    END IF;
END $$;

-- What changes who somebody is takes effect on the next statement, in the same transaction too.
CREATE OR REPLACE FUNCTION wall.claim_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('wall.claim', '', true);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER claim_forget AFTER UPDATE OF ended ON wall.session
    FOR EACH STATEMENT EXECUTE FUNCTION wall.claim_forget();

-- Why the asker has no role now; empty for whoever has one, and for nobody.
CREATE OR REPLACE FUNCTION wall.why_not() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT reason FROM wall.role_of(wall.bearer())), '')
$$;

CREATE OR REPLACE FUNCTION wall.admits(standings text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker text[] := wall.asker();
BEGIN
    RETURN coalesce(asker[6] = 'true' OR asker[4] || '@' || asker[5] = ANY (standings), false);
END $$;

-- Whether the asker may change anything: not while the agency's agreement is closing.
CREATE OR REPLACE FUNCTION wall.may_write() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((wall.asker())[7] = 'false', false);
END $$;

-- Whose rows the asker reads: the number of the asker's own agency or account (`whose`), `whole` for
-- whoever reads everybody's, and null for nobody's. Asked for both ends of a range that an index knows.
CREATE OR REPLACE FUNCTION wall.own_or(every text[], own text[], whose text, whole bigint)
RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker text[] := wall.asker();
    standing text := asker[4] || '@' || asker[5];
BEGIN
    IF asker[6] = 'true' OR standing = ANY (every) THEN
        RETURN whole;
    ELSIF standing = ANY (own) THEN
        RETURN nullif(asker[CASE whose WHEN 'agency' THEN 3 WHEN 'account' THEN 1 END], '')::bigint;
    END IF;
    RETURN NULL;
END $$;

-- The audiences of the room at hand whose rows the asker reads: all of them, those that have the
-- asker or the asker's agency, or none. Few have anybody, so an index finds them always.
-- A home that was raised before has them with other types; its policies are made anew with the rest.
DROP FUNCTION IF EXISTS wall.audiences(text[], text[]) CASCADE;
DROP FUNCTION IF EXISTS wall.agencies(text[], text[]) CASCADE;
CREATE FUNCTION wall.audiences(every text[], own text[]) RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp
SET enable_seqscan = off AS $$
DECLARE
    asker text[] := wall.asker();
    standing text := asker[4] || '@' || asker[5];
    here text := replace(current_setting('role', true), 'ceasefire_', '');
    agency bigint := nullif(asker[3], '')::bigint;
    person bigint := nullif(asker[1], '')::bigint;
BEGIN
    IF asker[6] = 'true' OR standing = ANY (every) THEN
        RETURN ARRAY(SELECT id FROM access_audience WHERE room = here ORDER BY id);
    ELSIF standing = ANY (own) THEN
        RETURN ARRAY(
            SELECT id FROM access_audience
            WHERE room = here AND (agencies @> ARRAY[agency] OR people @> ARRAY[person])
            ORDER BY id
        );
    END IF;
    RETURN '{}';
END $$;

-- The same, to look one up at next to no cost: the element of each audience's number is true.
CREATE OR REPLACE FUNCTION wall.audience_marks(every text[], own text[]) RETURNS boolean[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    listed integer[] := wall.audiences(every, own);
    marks boolean[] := array_fill(false, ARRAY[coalesce(listed[cardinality(listed)], 0)]);
    one integer;
BEGIN
    FOREACH one IN ARRAY listed LOOP
        marks[one] := true;
    END LOOP;
    RETURN marks;
END $$;

-- Conditions on one row that PostgreSQL asks before any of the asker's own, for they say that they
-- cost next to nothing.
CREATE OR REPLACE FUNCTION wall.same(one bigint, other bigint) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(one = other, false);
END $$;
CREATE OR REPLACE FUNCTION wall.undecided(until date, today date) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN until IS NULL OR coalesce(until >= today, false);
END $$;
CREATE OR REPLACE FUNCTION wall.among(one bigint, listed bigint[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(one = ANY (listed), false);
END $$;
CREATE OR REPLACE FUNCTION wall.paired(one bigint, other bigint, pairs text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 0.0001 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(one || ':' || other = ANY (pairs), false);
END $$;

CREATE OR REPLACE FUNCTION wall.own_agency() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN nullif((wall.asker())[3], '')::bigint;
END $$;

CREATE OR REPLACE FUNCTION wall.own_account() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN nullif((wall.asker())[1], '')::bigint;
END $$;

-- What a row says of who added it and when, is what the database knows. The two lists of columns are
-- of accounts and of times. This home's own work says itself whose it is.
CREATE OR REPLACE FUNCTION wall.stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker bigint := wall.own_account();
BEGIN
    IF asker IS NULL THEN
        RETURN NEW;
    END IF;
    RETURN jsonb_populate_record(NEW, (
        SELECT jsonb_object_agg(name, value) FROM (
            SELECT unnest(TG_ARGV[0]::text[]), to_jsonb(asker)
            UNION ALL SELECT unnest(TG_ARGV[1]::text[]), to_jsonb(clock_timestamp())
        ) AS known (name, value)));
END $$;

-- A page queues work under a lock of that work's own.
CREATE OR REPLACE FUNCTION wall.queue_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'a job waits under a lock of its own task';
END $$;

-- Whether nobody has used an account for so long that an administrator must wake it.
CREATE OR REPLACE FUNCTION wall.asleep(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(max(awake_since) < now() - interval '90 days', false) AND NOT EXISTS (
        SELECT FROM wall.session WHERE user_id = of_user AND seen > now() - interval '90 days')
    FROM access_membership WHERE user_id = of_user
$$;

-- For whoever keeps or audits accounts: the membership that decides for each person (or for one),
-- why it opens nothing (empty where it opens), and when that person was last here.
DROP FUNCTION IF EXISTS wall.accounts(bigint);
CREATE FUNCTION wall.accounts(of_user bigint) RETURNS TABLE (
    user_id bigint, membership_id bigint, reason text, closing boolean, seen timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.id, r.membership_id,
        CASE
            WHEN NOT u.is_active THEN 'closed'
            WHEN r.membership_id IS NULL THEN 'never'
            WHEN r.reason = '' AND wall.asleep(u.id) THEN 'asleep'
            ELSE r.reason
        END,
        coalesce(r.closing, false), (SELECT max(s.seen) FROM wall.session s WHERE s.user_id = u.id)
    FROM access_user u LEFT JOIN LATERAL wall.role_of(u.id) AS r ON true
    WHERE u.id = coalesce(of_user, u.id) AND (
        SELECT operator OR role IN ('administrator', 'director', 'auditor') FROM wall.who())
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
    IF wall.asleep(of_user) THEN
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
