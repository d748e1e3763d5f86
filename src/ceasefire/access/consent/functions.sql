-- Whether a consent stands, found anew at each question. No answer tells who signed, when or why.

-- Roles that may hear what a person lets their agency know: those who work with people. Nobody of
-- law enforcement, and nobody who sees numbers only.
CREATE OR REPLACE FUNCTION wall.may_hear(role text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT role IN ('outreach', 'case_manager', 'hospital', 'director', 'ovp_coordinator')
$$;

-- Whose consent to this recipient stands for this scope, of one person or (null) of all. Not a
-- definer function: it finds what its caller may read, and the two below read everything.
CREATE OR REPLACE FUNCTION wall.consents_standing(of_scope text, to_agency bigint, of_person text)
RETURNS TABLE (discloser_id bigint, person_key text)
LANGUAGE sql STABLE AS $$
    WITH said AS (
        SELECT c.discloser_id, c.person_key, c.voice, c.guardian_needed, c.recorded_at,
            c.answer = 'declined' AS declines,
            c.answer = 'agreed' AND (SELECT wall.today()) BETWEEN c.given_on AND c.expires_on
                AS agrees
        FROM access_consent AS c
        WHERE c.recipient_id = to_agency AND of_scope = ANY (c.scopes) AND c.revoked_at IS NULL
            AND (of_person IS NULL OR c.person_key = of_person)
    ), heard AS (
        SELECT s.discloser_id, s.person_key,
            bool_or(s.guardian_needed AND (s.agrees OR s.declines)) AS minor,
            max(s.recorded_at) FILTER (WHERE s.voice = 'person' AND s.agrees) AS own_yes,
            max(s.recorded_at) FILTER (WHERE s.voice = 'person' AND s.declines) AS own_no,
            max(s.recorded_at) FILTER (WHERE s.voice = 'guardian' AND s.agrees) AS guardian_yes,
            max(s.recorded_at) FILTER (WHERE s.voice = 'guardian' AND s.declines) AS guardian_no
        FROM said AS s GROUP BY s.discloser_id, s.person_key
    )
    -- A refusal closes until the same voice agrees later; for a minor both voices must agree.
    SELECT h.discloser_id, h.person_key FROM heard AS h
    WHERE h.own_yes > coalesce(h.own_no, '-infinity')
        AND (NOT h.minor OR h.guardian_yes > coalesce(h.guardian_no, '-infinity'))
$$;

-- Whether a person lets one agency tell another this. Only people of these two are answered.
CREATE OR REPLACE FUNCTION wall.consented(
    of_person text, of_scope text, from_agency bigint, to_agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, services, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM wall.who() AS w, wall.consents_standing(of_scope, to_agency, of_person) AS s
        WHERE w.agency_id IN (from_agency, to_agency) AND wall.may_hear(w.role)
            AND s.discloser_id = from_agency)
$$;

-- The people of one kind who let somebody tell this to the asker's own agency, and whom.
CREATE OR REPLACE FUNCTION wall.consented(of_kind text, of_scope text)
RETURNS TABLE (discloser_id bigint, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, services, pg_temp AS $$
    SELECT s.discloser_id, split_part(s.person_key, ':', 2)::bigint
    FROM wall.who() AS w, LATERAL wall.consents_standing(of_scope, w.agency_id, NULL) AS s
    WHERE wall.may_hear(w.role) AND split_part(s.person_key, ':', 1) = of_kind
$$;
