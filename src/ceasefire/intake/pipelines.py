"""The two ways of a file: shootings through a staging table, people through their linkage."""

from django.db import connection

from ceasefire.intake import comparing, files, staging
from ceasefire.intake.mapping import Mapping, Proposal, of_survey
from ceasefire.intake.models import Batch, Feed, RowFault, StagedRow
from ceasefire.intake.normalise import Normaliser
from ceasefire.intake.people import loading as people
from ceasefire.intake.people import proposal
from ceasefire.intake.questions import ONE_REPEATED
from ceasefire.intake.survey import Survey, survey
from ceasefire.kit.boundaries import Layer
from ceasefire.kit.readers import open_table
from ceasefire.registry import recording
from ceasefire.registry.models import City
from ceasefire.registry.places import gazetteer
from ceasefire.registry.services import city_now, corrections_reapply


def of_shootings(feed: Feed) -> bool:
    return feed.kind == Feed.Kind.SHOOTINGS


def read(batch: Batch, mapping: Mapping, city: City, advance) -> staging.Staged:
    """Read and check the batch's file. Raises FileFault where the file itself is at fault."""
    path = files.kept_path(batch.sha256, batch.file_name)
    if not of_shootings(batch.feed):
        return people.stage(batch, path, mapping, advance)
    normaliser = Normaliser(mapping, zone=city.time_zone, as_of=batch.as_of)
    found = staging.stage(batch, path, normaliser, gazetteer(city), advance)
    if mapping.answers.get("identical_rows") == ONE_REPEATED:
        found.repeated = staging.drop_repeated(batch)
    return found


def look_through(
    batch: Batch, *, columns: dict[str, str] | None = None
) -> tuple[Survey, Proposal, list[str]]:
    """What the batch's file holds, the mapping proposed for it, and notes. Raises FileFault.

    columns: our field to their column, where a person has chosen; else the most likely ones.
    """
    as_of, shootings = batch.as_of.date(), of_shootings(batch.feed)
    with open_table(files.kept_path(batch.sha256, batch.file_name)) as table:
        if shootings:
            held = survey(table, as_of=as_of)
        else:
            held = proposal.survey(table, as_of=as_of, kind=batch.feed.kind)
        notes = list(table.notes)
    if shootings:
        return held, of_survey(held, as_of=as_of, layer=_city_layer(), columns=columns), notes
    return held, proposal.of_survey(held, batch.feed.kind, columns=columns), notes


def _city_layer() -> Layer | None:
    """One of the city's boundary files, to tell projections apart."""
    return next(iter(gazetteer(city_now()).layers.values()), None)


def staging_gone(batch: Batch) -> bool:
    """Whether rows that were staged are gone, and the file must be read again."""
    staged = StagedRow.objects.filter(batch=batch)
    return of_shootings(batch.feed) and bool(batch.rows) and not staged.exists()


def write(batch: Batch, mapping: Mapping) -> tuple[dict, dict]:
    """Write a batch into the register: its counts, and what its report says besides."""
    if not of_shootings(batch.feed):
        counts = people.apply(batch, files.kept_path(batch.sha256, batch.file_name), mapping)
        return counts, counts.pop("report")
    result = comparing.compare(batch)
    touched = recording.record_batch(
        batch_id=batch.pk,
        feed_id=batch.feed_id,
        agency_id=batch.feed.agency_id,
        unit=mapping.unit,
        as_of=batch.as_of,
    )
    corrections_reapply(incidents=touched)
    StagedRow.objects.filter(batch=batch)._raw_delete(using="default")
    return result.counts(), {"returned": result.returned, "replaced": result.replaced}


def forget(batch: Batch) -> None:
    """Let go of what was read of a batch, but for its file."""
    StagedRow.objects.filter(batch=batch)._raw_delete(using="default")
    RowFault.objects.filter(batch=batch)._raw_delete(using="default")


def refresh_planner_statistics() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.analyse(ARRAY['registry_incident', 'registry_sourcerecord',"
            " 'registry_victim']::regclass[])"
        )
