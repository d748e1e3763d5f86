-- Attesting, by people who have no role until they have attested.

-- How the bearer stands, in the words of wall.federal_bar; null for whoever lacks a role otherwise.
CREATE OR REPLACE FUNCTION wall.federal_standing() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT wall.federal_bar(r.user_id, r.agency_id, r.agency_kind)
    FROM wall.role_of(wall.bearer()) AS r WHERE r.reason IN ('', 'attestation', 'detailed')
$$;

-- The midnight at which the quarter of a moment ends in a time zone.
CREATE OR REPLACE FUNCTION wall.quarter_ends(at timestamptz, zone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
    SELECT (date_trunc('quarter', at AT TIME ZONE zone) + interval '3 months') AT TIME ZONE zone
$$;

-- What the bearer says, in the own name; it counts to the quarter's last midnight in the city.
CREATE OR REPLACE FUNCTION wall.federal_attest(what text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    INSERT INTO access_federalattestation (account_id, agency_id, answer, attested_at, ends_at)
    SELECT r.user_id, r.agency_id, what, now(), wall.quarter_ends(now(), wall.city_zone())
    FROM wall.role_of(wall.bearer()) AS r
    WHERE r.reason IN ('', 'attestation', 'detailed')
    ON CONFLICT (account_id, agency_id, ends_at, answer) DO NOTHING
$$;
