"""Cancel what an earlier calendar held and the new one does not.

Importing the new calendar then takes it away.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event

from planner.facts.district import District
from planner.render.calendar.ical import LAST_SEQUENCE, ical, sequence

CANCELLED = "CANCELLED"
_END = b"END:VCALENDAR\r\n"


def with_gone(
    now: Mapping[str, bytes], before: Mapping[str, bytes], district: District, stamp: datetime
) -> dict[str, bytes]:
    """Calendars with what their earlier versions held beyond them.

    Args:
        now: The calendars by file. Those of people and schools who are gone are not among them.
        before: The earlier ones; of these, too, each file is that of one person or school.
        district: The school year in which events are cancelled.
        stamp: When the new plan was made (UTC).

    Returns:
        The calendars of `now`, and one for each file that is gone and still held something: it
        holds nothing but what is cancelled.
    """
    found = {
        path: with_cancelled(content, before[path], district, stamp) if path in before else content
        for path, content in now.items()
    }
    for path in sorted(before.keys() - now.keys()):
        nothing = ical(district, _name(before[path]), (), stamp)
        cancelled = with_cancelled(nothing, before[path], district, stamp)
        if cancelled != nothing:
            found[path] = cancelled
    return found


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
    except Exception:  # of any kind: a damaged file is taken apart by a library, which raises much
        return now
    return now.removesuffix(_END) + said + _END


def _name(calendar: bytes) -> str:
    """Whose calendar a file is; blank where it cannot be read."""
    try:
        return str(Calendar.from_ical(calendar).get("x-wr-calname", ""))
    except Exception:  # as above
        return ""


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
    yield "sequence", max(sequence(stamp), min(int(event.get("sequence", 0)) + 1, LAST_SEQUENCE))
    yield "status", CANCELLED
    yield "transp", "TRANSPARENT"
    yield "summary", f"Cancelled: {event.get('summary', '')}"
    yield "dtstart", start.replace(tzinfo=None) if isinstance(start, datetime) else start
    yield "dtend", end.replace(tzinfo=None) if isinstance(end, datetime) else end
