"""Write iCalendar files (RFC 5545) that every calendar reads.

They are small and exact, and the same bytes for the same plan.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from unicodedata import category
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from planner.facts.district import District
from planner.render.calendar.calendar_events import Event as Planned
from planner.render.calendar.recurrence import Series, series_of

PRODUCT = "-//intervention-planner//planner//EN"
_OURS = UUID("6f1f0a52-6d0c-5a3e-9a55-3e8f2d9b7c11")
"""The namespace of all UIDs: says nothing, and must never change."""
_FIRST_YEAR = datetime(2020, 1, 1)
_UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")
"""Unicode's categories of control characters, halves of pairs, and separators of lines."""
_MINUTE = 60
LAST_SEQUENCE = 2**31 - 1
"""The largest whole number of a calendar (RFC 5545, 3.3.8)."""
_DAY = 24 * 60


def ical(
    district: District, name: str, events: Iterable[Planned], stamp: datetime, zone: str = ""
) -> bytes:
    """A calendar of one person or school as a file.

    `stamp` (UTC) says when the plan was made: later plans have a larger one, and their SEQUENCE is
    larger, so that importing again moves events instead of doubling them. Without a `zone` times
    are floating: those on the wall, wherever one is.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _on_one_line(name))
    if zone:
        calendar.add("x-wr-timezone", zone)
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=district.year_start, last_date=district.year_end)
        )
    for event in events:
        for number, series in enumerate(series_of(event.dates)):
            calendar.add_component(_event(district, event, series, number, stamp, zone))
    written: bytes = calendar.to_ical()
    return written


def _event(
    district: District, planned: Planned, series: Series, number: int, stamp: datetime, zone: str
) -> Event:
    event = Event()
    event.add("uid", _uid(district, planned, number))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence(stamp))
    event.add("summary", _on_one_line(planned.title))
    if planned.hours:
        start, end = planned.hours
        event.add("dtstart", _moment(series.first, start, zone))
        event.add("dtend", _moment(series.first, end, zone))
    else:
        event.add("dtstart", series.first)
        event.add("dtend", series.first + timedelta(days=1))
    if planned.free or not planned.hours:
        event.add("transp", "TRANSPARENT")
    if series.weeks:
        # Not UNTIL: it would have to be in UTC with a time zone, and local without one; a count is
        # the same in both.
        event.add("rrule", {"freq": "weekly", "interval": series.weeks, "count": series.count})
    if series.left_out:
        event.add(
            "exdate",
            [
                _moment(day, planned.hours[0], zone) if planned.hours else day
                for day in series.left_out
            ],
        )
    if planned.where:
        event.add("location", _on_one_line(planned.where))
    if planned.text:
        event.add("description", _on_one_line(planned.text))
    if planned.category:
        event.add("categories", [planned.category])
    return event


def _on_one_line(text: str) -> str:
    """Text without line breaks and other control characters, which RFC 5545 forbids in a value;
    a plan that was not read from sheets may hold them in a name.
    """
    printed = "".join(" " if category(sign) in _UNPRINTABLE else sign for sign in text)
    return " ".join(printed.split())


def sequence(stamp: datetime) -> int:
    """The number of a version: minutes since 2020, so that later plans have larger ones, as far as
    calendars count.
    """
    minutes = int((stamp.replace(tzinfo=None) - _FIRST_YEAR).total_seconds()) // _MINUTE
    return max(0, min(minutes, LAST_SEQUENCE))


def _uid(district: District, planned: Planned, number: int) -> str:
    """What tells an event from all others, in every export of this school year.

    Nothing of it is a name, or a date that is corrected in the course of a year: imported again
    under a new name, every event would stand twice. Of the year only the number of its last one is
    in it, so that next year's sessions do not replace those that were given.
    """
    parts = (district.dataset_id, str(district.year_end.year), *planned.key, str(number))
    return str(uuid5(_OURS, "\x1f".join(parts)))


def _moment(day: date, minutes: int, zone: str) -> datetime:
    """A clock time on a date; midnight at a day's end is the next day's first minute."""
    days, rest = divmod(minutes, _DAY)
    moment = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment
