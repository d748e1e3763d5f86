-- Criminal-history data: whether the asker holds a certificate of the own agency that stands today.
CREATE OR REPLACE FUNCTION wall.history_certified() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker text[] := wall.asker();
BEGIN
    RETURN coalesce(asker[6] = 'true' OR EXISTS (
        SELECT FROM access_historycertificate AS c
        WHERE c.account_id = nullif(asker[1], '')::bigint
            AND c.agency_id = nullif(asker[3], '')::bigint
            AND c.ended_at IS NULL AND wall.today() BETWEEN c.certified_on AND c.certified_until),
        false);
END $$;
