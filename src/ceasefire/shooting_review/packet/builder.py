"""Computes a week's packet from the register, once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ceasefire.registry.services import city_now
from ceasefire.registry.shootings import counting, known
from ceasefire.registry.shootings.shooting import Shooting, last_day_before, shootings
from ceasefire.registry.shootings.windows import Window, begins, years_before
from ceasefire.shooting_review import selectors, weeks
from ceasefire.shooting_review.packet import (
    areas,
    cards,
    clock,
    comparison,
    hot_spots,
    near_repeats,
    notes,
)
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Notes, Packet
from ceasefire.shooting_review.weeks import Week


def build(week: Week, *, as_of: date | None = None, extra: bool = True) -> Packet:
    """The packet of a week, from the register as it stands or as it was known on `as_of`.

    `extra` adds the shootings of the days between the week's end and the review; they have
    cards but are in no count. Raises CityNotSet before the city is known.
    """
    return _Building(week, as_of, extra).packet()


def read_from(week: Week) -> date:
    """The first day that any comparison of the week's packet can need."""
    three_years = years_before(week.start, weeks.YEARS_BACK)
    return min(three_years - timedelta(weeks=8), date(week.year - weeks.YEARS_BACK, 1, 1))


class _Building:
    """What every panel reads: the city, the rule, and one bounded read of the register."""

    def __init__(self, week: Week, as_of: date | None, extra: bool):
        self.week, self.as_of, self.extra = week, as_of, extra
        self.city = city_now()
        self.zone = ZoneInfo(self.city.time_zone)
        self.rule = counting.rules()(week.end)
        self.review_day = week.review_day(self.city.review_weekday)
        self.known_before = self._midnight(as_of + timedelta(days=1)) if as_of else None
        self.start = read_from(week)
        self.rows = self._rows()
        self.history = History([row for row in self.rows if self.rule.counts(row)])
        self.begins = begins(self.history.days, last_day_before(self.start))
        self.bands = near_repeats.bands_for(self.history, week.end)
        self.last_files = selectors.last_files(self.rows, self.known_before)
        self.newest_file = max((file.as_of for file in self.last_files), default=None)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)

    def _rows(self) -> list[Shooting]:
        end = self.review_day - timedelta(days=1) if self.extra else self.week.end
        if self.known_before:
            return known.shootings(self.start, end, before=self.known_before)
        return shootings(self.start, end)

    def packet(self) -> Packet:
        history, week = self.history, self.week
        compared, together, no_history = comparison.compare(history, week, self.begins)
        to_date, to_date_missing = comparison.to_date(history, week, self.begins)
        since = history.within(Window("since", week.end + timedelta(days=1), self.review_day))
        year = weeks.latest(week, 52)
        return Packet(
            city=self.city.name,
            time_zone=self.city.time_zone,
            projected_system=self.city.projected_system,
            week=week,
            review_day=self.review_day,
            as_of=self._as_of(),
            as_known=self.as_of,
            newest_file=self.newest_file,
            covered_until=self._covered_until(),
            rule=self.rule,
            count=history.within(week.window).count(),
            since=since.count() if self.extra else None,
            history_begins=self.begins,
            comparisons=compared,
            together=together,
            no_history=no_history,
            weekly=comparison.weekly(history, week),
            cards=self._cards(history.within(week.window)),
            cards_since=self._cards(since),
            bands=self.bands,
            hot_spots=tuple(
                hot_spots.hot_spots_of(history, window) for window in (weeks.latest(week, 4), year)
            ),
            areas=areas.areas_of(history, week, self.begins),
            to_date=to_date,
            to_date_missing=to_date_missing,
            clock=clock.clock_of(history, year, self.zone),
            notes=self._notes(),
        )

    def _as_of(self) -> datetime | None:
        """The newest moment that any of the files, or a hand, speaks of."""
        moments = [file.as_of for file in self.last_files]
        return max([*moments, *(row.last_changed for row in self.rows)], default=None)

    def _covered_until(self) -> date | None:
        """The day before the newest file was made, whose own day had not ended."""
        if self.newest_file is None:
            return None
        return self.newest_file.astimezone(self.zone).date() - timedelta(days=1)

    def _cards(self, rows: History):
        return tuple(cards.cards(rows.rows, self.history, self.bands, before=self.known_before))

    def _notes(self) -> Notes:
        year = weeks.latest(self.week, 52)
        recent = [row for row in self.rows if row.occurred_on >= year.start]
        last_review = self.week.shifted(-1).review_day(self.city.review_weekday)
        since = self._midnight(last_review)
        changed, new = notes.changed_since(recent, self.week, since)
        feeds = {row.feed_id for row in new if row.feed_id}
        late, newly_fed = notes.apart_first_loads(new, selectors.first_loads(feeds))
        return Notes(
            gaps=notes.gaps(self.history, self.week),
            left_out=notes.left_out(
                [r for r in recent if r.occurred_on >= self.week.start], self.rule
            ),
            left_out_year=notes.left_out(recent, self.rule),
            changed=changed,
            late=late,
            newly_fed=newly_fed,
            disagreeing=notes.disagreeing(self.history.within(year).rows),
            undated=selectors.undated(),
            last_files=tuple(self.last_files),
            last_review=last_review,
            first_load=all(row.first_known >= since for row in recent),
        )
