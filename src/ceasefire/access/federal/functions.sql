-- Attesting, by people who have no role until they have attested.

-- How the bearer stands, in the words of wall.federal_bar.
CREATE OR REPLACE FUNCTION wall.federal_standing() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    RETURN (SELECT wall.federal_bar(m.user_id, m.agency_id, a.kind)
        FROM access_membership AS m JOIN access_agency AS a ON a.id = m.agency_id
        WHERE m.user_id = wall.bearer()
            AND m.starts <= current_date AND (m.ends IS NULL OR m.ends >= current_date)
        ORDER BY m.id LIMIT 1);
END $$;

-- What the bearer says, in the own name; it counts to the quarter's last midnight in the city.
CREATE OR REPLACE FUNCTION wall.federal_attest(what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    zone text := wall.city_zone();
    asker bigint := wall.bearer();
BEGIN
    IF asker IS NULL OR asker = 0 THEN
        RAISE insufficient_privilege USING MESSAGE = 'nobody is asking';
    END IF;
    INSERT INTO access_federalattestation (account_id, agency_id, answer, attested_at, ends_at)
    SELECT m.user_id, m.agency_id, what, now(),
        (date_trunc('quarter', now() AT TIME ZONE zone) + interval '3 months') AT TIME ZONE zone
    FROM access_membership AS m
    WHERE m.user_id = asker
        AND m.starts <= current_date AND (m.ends IS NULL OR m.ends >= current_date)
    ORDER BY m.id LIMIT 1
    ON CONFLICT (account_id, agency_id, ends_at, answer) DO NOTHING;
END $$;
