"""Cancel what an earlier calendar held and the new one does not.

Importing the new calendar then takes it away.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event

from planner.facts.district import District
from planner.render.calendar.ical import sequence

CANCELLED = "CANCELLED"
_END = b"END:VCALENDAR\r\n"


def with_cancelled(now: bytes, before: bytes, district: District, stamp: datetime) -> bytes:
    """A calendar with what its earlier version held beyond it in the same school year.

    Each such event stands there once more, on its first date alone, as cancelled and free:
    calendars that know what that means take it away, others show one line that says so. What was
    cancelled already stays as it is. Nothing is added where the earlier file cannot be read.
    """
    try:
        earlier = Calendar.from_ical(before).walk("VEVENT")
        uids = {str(event["uid"]) for event in Calendar.from_ical(now).walk("VEVENT")}
        gone = [
            event
            for event in earlier
            if str(event["uid"]) not in uids and _in_year(event, district)
        ]
        said = b"".join(_cancelled(event, stamp).to_ical() for event in gone)
    except (ValueError, KeyError, AttributeError, IndexError):
        return now
    return now.removesuffix(_END) + said + _END


def _in_year(event: Component, district: District) -> bool:
    return district.year_start <= _day(event.decoded("dtstart")) <= district.year_end


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _cancelled(event: Component, stamp: datetime) -> Component:
    if str(event.get("status", "")) == CANCELLED:
        return event
    found = Event()
    for name, value in _kept(event, stamp):
        found.add(name, value)
    return found


def _kept(event: Component, stamp: datetime) -> Iterator[tuple[str, object]]:
    """The event's name and first date, without a time zone that the new calendar may not know."""
    start = event.decoded("dtstart")
    end = event.decoded("dtend", start + timedelta(days=1))
    yield "uid", str(event["uid"])
    yield "dtstamp", stamp
    yield "last-modified", stamp
    yield "sequence", max(sequence(stamp), int(event.get("sequence", 0)) + 1)
    yield "status", CANCELLED
    yield "transp", "TRANSPARENT"
    yield "summary", f"Cancelled: {event.get('summary', '')}"
    yield "dtstart", start.replace(tzinfo=None) if isinstance(start, datetime) else start
    yield "dtend", end.replace(tzinfo=None) if isinstance(end, datetime) else end
