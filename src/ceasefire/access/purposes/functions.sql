-- What the asker looks for, kept behind row security. A purpose belongs to one proof (a session, or
-- a pass of a command) in one room, so nobody can state one for somebody else.

CREATE OR REPLACE FUNCTION wall.bearer_hash() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(convert_to(current_setting('wall.proof', true), 'UTF8'))
$$;

-- The room of the role that the page has entered; 'none' outside.
CREATE OR REPLACE FUNCTION wall.room() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT replace(current_setting('role', true), 'ceasefire_', '')
$$;

CREATE OR REPLACE FUNCTION wall.purpose_live()
RETURNS TABLE (id bigint, key text, words text, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id, p.key, p.words, p.ends
    -- Of nobody, and of somebody whose session or role is over, there is no row of who asks.
    FROM wall.who() AS w JOIN wall.purpose_stated AS p ON p.user_id = coalesce(w.user_id, 0)
    WHERE p.bearer_hash = wall.bearer_hash() AND p.room = wall.room()
        AND p.ended IS NULL AND p.ends > clock_timestamp()
$$;

-- The number of the asker's live purpose in the room at hand, or NULL.
CREATE OR REPLACE FUNCTION wall.purpose() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM wall.purpose_live()
$$;

-- mac: the home's signature under the reference, given to whoever may see it and good for a minute.
CREATE OR REPLACE FUNCTION wall.purpose_state(of_key text, in_words text, until bigint, mac bytea)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    by_hash bytea := wall.bearer_hash();
    in_room text := wall.room();
    stated bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM wall.who()) OR to_timestamp(until) < clock_timestamp()
        OR NOT wall.signed(
            format('purpose:%s:%s:%s:%s', encode(by_hash, 'hex'), in_room, of_key, until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the purpose is not signed with this home''s key';
    END IF;
    -- Two windows of one session state one after the other.
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(by_hash, 'hex') || in_room, 0));
    SELECT p.id INTO stated FROM wall.purpose_live() AS p
        WHERE p.key = of_key AND p.words = in_words;
    IF stated IS NULL THEN
        -- The log keeps for what somebody looked; the words beside it are for the weekly review.
        DELETE FROM wall.purpose_stated AS p WHERE p.ends < clock_timestamp() - interval '90 days';
        PERFORM wall.purpose_end();
        INSERT INTO wall.purpose_stated (bearer_hash, room, user_id, key, words, stated, ends)
        SELECT by_hash, in_room, wall.bearer(), of_key, in_words, at, least(at + interval '12 hours',
            (SELECT s.ends FROM wall.session AS s
             WHERE s.secret_hash = sha256(convert_to(substr(current_setting('wall.proof'), 3), 'UTF8'))))
        FROM clock_timestamp() AS at
        RETURNING id INTO stated;
    END IF;
    RETURN stated;
END $$;

CREATE OR REPLACE FUNCTION wall.purpose_end() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE wall.purpose_stated SET ended = clock_timestamp()
    WHERE bearer_hash = wall.bearer_hash() AND room = wall.room() AND ended IS NULL
$$;

-- What people said they looked for, the newest first; an auditor alone reads it.
CREATE OR REPLACE FUNCTION wall.purposes_stated(at_most integer) RETURNS TABLE (
    user_id bigint, room text, key text, words text, stated timestamptz, over timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.user_id, p.room, p.key, p.words, p.stated, coalesce(p.ended, p.ends)
    FROM wall.audit_reader() AS r JOIN wall.purpose_stated AS p ON r.everything
    ORDER BY p.id DESC LIMIT at_most
$$;
