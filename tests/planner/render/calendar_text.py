"""A reader of iCalendar text that shares nothing with the writer: events, and on which days they
take place.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Read:
    """An event as it stands in the file: its properties, and the moments at which it starts."""

    properties: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        found = next(
            (value for key, value in self.properties.items() if key.split(";")[0] == name), ""
        )
        return re.sub(r"\\(.)", lambda match: {"n": "\n", "N": "\n"}.get(match[1], match[1]), found)

    def _moments(self, name: str) -> list[datetime]:
        values = self.text(name).replace("\\", "")
        return [moment_of(value) for value in values.split(",") if value]

    @property
    def starts(self) -> list[datetime]:
        (first,) = self._moments("DTSTART")
        rule = dict(part.split("=") for part in self.text("RRULE").split(";") if part)
        assert rule.get("FREQ", "WEEKLY") == "WEEKLY"
        assert set(rule) <= {"FREQ", "COUNT", "INTERVAL"}
        step = timedelta(weeks=int(rule.get("INTERVAL", 1)))
        every = [first + number * step for number in range(int(rule.get("COUNT", 1)))]
        left_out = self._moments("EXDATE")
        assert set(left_out) <= set(every)
        return [moment for moment in every if moment not in left_out]

    @property
    def length(self) -> timedelta:
        return self._moments("DTEND")[0] - self._moments("DTSTART")[0]


def moment_of(text: str) -> datetime:
    text = text.removesuffix("Z")
    return datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")


def read_events(content: bytes) -> list[Read]:
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    text = content.decode("utf-8").replace("\r\n ", "")
    events: list[Read] = []
    inside = False
    for line in text.split("\r\n"):
        if line == "BEGIN:VEVENT":
            events.append(Read())
            inside = True
        elif line == "END:VEVENT":
            inside = False
        elif inside:
            name, _, value = line.partition(":")
            events[-1].properties[name] = value
    return events
