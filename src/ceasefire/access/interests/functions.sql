-- Records that an account may not open, because they may be of somebody whom it declared.

CREATE OR REPLACE FUNCTION wall.closed_by_interest(found text, decision text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT decision = 'closed' OR decision = '' AND found IN ('name', 'reviewer')
$$;

-- The numbers of the records of one kind that are closed to the asker's own account.
CREATE OR REPLACE FUNCTION wall.closed_records(of_kind text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT coalesce(array_agg(split_part(f.record, ':', 2)::bigint), '{}')
    FROM access_interestflag AS f
    WHERE f.account_id = (SELECT user_id FROM wall.who())
        AND split_part(f.record, ':', 1) = of_kind AND wall.closed_by_interest(f.found, f.decision)
$$;

-- Puts a record before the reviewer in the asker's own name, and says whether it is closed now.
-- The whole name outweighs what was found before; a decision outweighs everything.
CREATE OR REPLACE FUNCTION wall.interest_met(of_record text, what text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker bigint := (SELECT user_id FROM wall.who());
BEGIN
    IF asker IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'nobody is asking';
    END IF;
    INSERT INTO access_interestflag AS flag (account_id, record, found, made_at, decision, because)
    VALUES (asker, of_record, what, now(), '', '')
    ON CONFLICT (account_id, record) DO UPDATE SET found = excluded.found, made_at = now()
    WHERE excluded.found = 'name' AND flag.found <> 'name' AND flag.decision = '';
    RETURN EXISTS (
        SELECT FROM access_interestflag AS f WHERE f.account_id = asker AND f.record = of_record
            AND wall.closed_by_interest(f.found, f.decision));
END $$;

-- Which of the asker's own declarations are taken back, as the reviewer agreed.
CREATE OR REPLACE FUNCTION wall.interests_over() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT coalesce(array_agg(split_part(f.record, ':', 2)::bigint), '{}')
    FROM access_interestflag AS f
    WHERE f.account_id = (SELECT user_id FROM wall.who())
        AND split_part(f.record, ':', 1) = 'access.declaredinterest' AND f.decision = 'open'
$$;
