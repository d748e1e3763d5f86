-- What turns the numbers of a hidden record into others, which its own agency alone asks for, and
-- those of a record that nobody is shown into such as nobody asks for: in the index too, another's
-- question meets as little of them as of somebody who does not exist.
CREATE OR REPLACE FUNCTION wall.token_mask(hidden boolean, quiet boolean, agency bigint)
RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN hidden THEN
            ('x' || left(encode(sha256(convert_to('agency:' || agency, 'UTF8')), 'hex'), 16))
                ::bit(64)::bigint ELSE 0 END
        # CASE WHEN quiet THEN
            ('x' || left(encode(sha256('quiet'), 'hex'), 16))::bit(64)::bigint ELSE 0 END
$$;

-- The numbers of a record show and hide as the record does, and are gone with what they were made of.
CREATE OR REPLACE FUNCTION wall.tokens_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, investigative, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.given, NEW.middle, NEW.family, NEW.alias, NEW.born, NEW.number,
            NEW.plate)
        IS DISTINCT FROM (OLD.given, OLD.middle, OLD.family, OLD.alias, OLD.born, OLD.number,
            OLD.plate) THEN
        DELETE FROM registry_recordtoken WHERE of_record = OLD.id;
    ELSE
        UPDATE registry_recordtoken SET hidden = NEW.hidden, quiet = NEW.quiet,
            contested_until = NEW.contested_until, agency_id = NEW.agency_id,
            token = token # wall.token_mask(OLD.hidden, OLD.quiet, OLD.agency_id)
                # wall.token_mask(NEW.hidden, NEW.quiet, NEW.agency_id)
        WHERE of_record = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tokens_go AFTER DELETE ON registry_personrecord
    FOR EACH ROW EXECUTE FUNCTION wall.tokens_follow();
CREATE OR REPLACE TRIGGER tokens_follow AFTER UPDATE ON registry_personrecord
    FOR EACH ROW WHEN (
        (OLD.hidden, OLD.quiet, OLD.contested_until, OLD.agency_id, OLD.given, OLD.middle,
            OLD.family, OLD.alias, OLD.born, OLD.number, OLD.plate)
        IS DISTINCT FROM (NEW.hidden, NEW.quiet, NEW.contested_until, NEW.agency_id, NEW.given,
            NEW.middle, NEW.family, NEW.alias, NEW.born, NEW.number, NEW.plate))
    EXECUTE FUNCTION wall.tokens_follow();
