"""An XHSTT instance as a dataset of ours: what can be said in it without loss, and a list of what
cannot.

A time is an hour from eight o'clock on, a day of the instance a day of the cycle, an event a group.
Its teachers are staff, and everybody else who attends it (classes, rooms
that are settled) is a student, since a student is never twice at once. An event without a teacher
gets an adult of its own.
"""

from __future__ import annotations

from collections import defaultdict

from tests.benchmarks.xhstt.archive import Constraint, Event, Instance
from tests.benchmarks.xhstt.clock import HOUR, OPENING, Clock
from tests.benchmarks.xhstt.conversion import TEACHERS, Conversion
from tests.benchmarks.xhstt.days_of_work import days_of_work
from tests.benchmarks.xhstt.left_out import is_a_week_of_contact, leave_the_rest
from tests.benchmarks.xhstt.parts import lengths_of, most_a_day
from tests.planted_sheets import Row, between, told

SCHOOL, GRADE = "school", "everybody"
APART, FREE = 2, 1
"""The tiers: sessions on different days, and several a day."""
WORST = 10
"""The largest weight of a preference."""


def converted(instance: Instance, limit_days: bool = True) -> Conversion:
    """Convert an instance.

    Args:
        instance: What is to be said as a dataset.
        limit_days: Whether soft limits of teachers' days become contracts, which are hard ones.

    Raises:
        ValueError: Its week cannot be said in a cycle of days, or it has no teachers.
    """
    return _Converter(instance, limit_days).converted()


class _Converter:
    """Works through the constraints once for each sheet."""

    def __init__(self, instance: Instance, limit_days: bool) -> None:
        self.instance = instance
        self.limit_days = limit_days
        self.clock = Clock(instance)
        self.conversion = Conversion(instance, {}, {}, {})
        self.of_kind: dict[str, list[Constraint]] = defaultdict(list)
        for constraint in instance.constraints:
            self.of_kind[constraint.kind].append(constraint)
        self.teachers = [
            name for name, kind in instance.resources.items() if kind.casefold() in TEACHERS
        ]
        if not self.teachers:
            raise ValueError(f"{instance.id} has no teachers")
        self.staff_id = {name: f"T{number}" for number, name in enumerate(self.teachers, 1)}
        self.student_id = {
            name: f"S{number}"
            for number, name in enumerate(instance.resources, 1)
            if name not in self.staff_id
        }
        self.group_of: dict[str, str] = {}
        """The group of each event."""

    def converted(self) -> Conversion:
        sheets = self.conversion.sheets
        sheets |= {name: [] for name in ("roles", "staff", "groups", "members", "preferences")}
        sheets["rules"] = [
            {"rule": "different_days", "setting": "off", "applies_to": f"tier:{FREE}"}
        ]
        self.week()
        self.people()
        for number, event in enumerate(self.instance.events.values(), 1):
            self.event(number, event)
        self.links()
        self.unavailable()
        leave_the_rest(self.conversion)
        return self.conversion

    def week(self) -> None:
        """The district, its school and its one block."""
        closing = OPENING + HOUR * self.clock.longest
        hours = "; ".join(
            f"{day} {between(OPENING, OPENING + HOUR * len(times))}"
            for day, times in self.clock.days.items()
        )
        self.conversion.sheets["district"] = [
            {
                "name": self.instance.id,
                "year_start": "2026-08-31",
                "year_end": "2027-06-18",
                "plan_date": "2026-10-05",
                "cycle": ";".join(self.clock.days),
                "grades": GRADE,
                "grid_minutes": HOUR,
            }
        ]
        self.conversion.sheets["schools"] = [{"school": SCHOOL, "name": SCHOOL, "hours": hours}]
        self.conversion.sheets["blocks"] = [
            {
                "school": SCHOOL,
                "grades": GRADE,
                "start": told(OPENING),
                "end": told(closing),
                "kind": "flex",
            }
        ]

    def people(self) -> None:
        """The teachers, and a job class for each set of limits that some of them have."""
        limits: dict[str, Row] = {name: {} for name in self.teachers}
        soft: dict[str, bool] = {}
        days = {frozenset(times) for times in self.clock.days.values()}
        for constraint in self.of_kind["LimitBusyTimes"]:
            by_day = {frozenset(limit.times) for limit in constraint.limits} == days
            if by_day and constraint.most is not None and constraint.most < self.clock.longest:
                for name in set(constraint.resources) & set(limits):
                    limits[name]["max_contact_minutes"] = HOUR * constraint.most
                    soft[name] = not constraint.required
        for constraint in self.of_kind["LimitWorkload"]:
            for name in set(constraint.resources) & set(limits):
                if is_a_week_of_contact(self.conversion, constraint):
                    limits[name]["max_contact_week"] = HOUR * (constraint.most or 0)
        fewest = days_of_work(self.conversion, self.limit_days)
        for name in fewest:
            limits[name]["part_time"] = "days"
        for name in self.teachers:
            role = self.role(limits[name], soft.get(name, False))
            row: Row = {"staff": self.staff_id[name], "name": name, "role": role}
            if name in fewest:
                row["fte"] = f"{fewest[name] / len(self.clock.days):.6f}"
            self.conversion.person_of[row["staff"]] = name
            self.conversion.sheets["staff"].append(row)

    def role(self, limits: Row, soft: bool = False) -> str:
        """The job class of those with these limits, made where it is missing; a soft limit of a day
        is a soft rule.
        """
        name = "-".join(["teacher", *map(str, limits.values()), *(["soft"] if soft else [])])
        if any(row["role"] == name for row in self.conversion.sheets["roles"]):
            return name
        row: Row = {
            "role": name,
            "title": name,
            "certificated": "yes",
            "contract_days": 366,
            "obligation_minutes": HOUR * self.clock.longest,
            "lunch_minutes": 0,
            "max_consecutive_minutes": HOUR * self.clock.longest,
        }
        self.conversion.sheets["roles"].append(row | limits)
        if soft:
            self.conversion.sheets["rules"].append(
                {"rule": "contact_minutes", "setting": "soft", "applies_to": f"role:{name}"}
            )
        return name

    def event(self, number: int, event: Event) -> None:
        """The group of an event."""
        staff, adults = self.staff_of(event)
        often = most_a_day(self.instance, event)
        students = [
            self.student_id[place.resource]
            for place in event.resources
            if place.resource in self.student_id
        ]
        row: Row = {
            "school": SCHOOL,
            "grades": GRADE,
            "tier": FREE if often is None else APART,
            "staff": ";".join(staff),
            "students": max(1, len(students)),
            "windows": self.windows(event),
        }
        if adults > 1:
            row["adults"] = adults
        if often is not None and often > 1:
            row["times_a_day"] = often
        name = f"E{number}"
        self.conversion.sheets["groups"].append({"group": name} | row | self.sessions(event))
        self.conversion.sheets["members"] += [
            {"student": student, "group": name} for student in students
        ]
        self.conversion.event_of[name] = event.id
        self.group_of[event.id] = name

    def staff_of(self, event: Event) -> tuple[list[str], int]:
        """Who may give an event, and how many do."""
        named = [place.resource for place in event.resources if place.resource in self.staff_id]
        wanted = [
            place
            for place in event.resources
            if place.resource is None and place.kind.casefold() in TEACHERS
        ]
        if not named and not wanted:
            made_up = f"N{len(self.conversion.sheets['staff'])}"
            self.conversion.sheets["staff"].append({"staff": made_up, "role": self.role({})})
            return [made_up], 1
        candidates = self.candidates(event) if wanted else []
        return [*(self.staff_id[name] for name in named), *candidates], len(named) + len(wanted)

    def candidates(self, event: Event) -> list[str]:
        """Those who may have an event's open places: all teachers, or those who are preferred."""
        found = self.teachers
        for constraint in self.of_kind["PreferResources"]:
            roles = {place.role for place in event.resources if place.kind.casefold() in TEACHERS}
            if event.id in constraint.events and constraint.role in roles:
                if constraint.required:
                    found = [name for name in found if name in constraint.preferred]
                else:
                    self.conversion.leave(constraint, "soft wishes for people")
        return [self.staff_id[name] for name in found]

    def sessions(self, event: Event) -> Row:
        """The lengths of an event's sessions, as columns of a group."""
        shortest, longest = lengths_of(self.instance, event)
        if event.time is not None or shortest == longest == event.duration:
            return {"minutes": HOUR * event.duration, "sessions": 1}
        if longest == 1:
            return {"minutes": HOUR, "sessions": event.duration}
        self.leave_distribution(event, "double lessons are as many as fit best")
        lengths = range(shortest, min(longest, event.duration) + 1)
        return {
            "total_minutes": HOUR * event.duration,
            "lengths": ";".join(str(HOUR * length) for length in lengths),
        }

    def leave_distribution(self, event: Event, why: str) -> None:
        for constraint in self.of_kind["DistributeSplitEvents"]:
            if event.id in constraint.events:
                self.conversion.leave(constraint, why)

    def windows(self, event: Event) -> str:
        """Where an event may be: at the times that are preferred of it, whatever its length."""
        if event.time is not None:
            day, number = self.clock.place[event.time]
            start = OPENING + HOUR * number
            return f"{day} {between(start, start + HOUR * event.duration)}"
        allowed = set(self.instance.times)
        for constraint in self.of_kind["PreferTimes"]:
            length = constraint.number("Duration")
            if event.id not in constraint.events:
                continue
            if length is None and constraint.required:
                allowed &= constraint.times
            elif length is None or not self.fits_anyway(constraint.times, length):
                self.conversion.leave(constraint, "starts of sessions of one length, soft times")
        return "" if len(allowed) == len(self.instance.times) else self.clock.windows(allowed)

    def fits_anyway(self, starts: frozenset[str], length: int) -> bool:
        """Whether sessions of a length, which lie within a day, can only start at these times."""
        return all(
            time in starts
            for times in self.clock.days.values()
            for time in times[: max(0, len(times) - length + 1)]
        )

    def links(self) -> None:
        """Events that take place at the same times."""
        for constraint in self.of_kind["LinkEvents"]:
            for number, events in enumerate(constraint.event_groups.values(), 1):
                names = {self.group_of[event] for event in events}
                for row in self.conversion.sheets["groups"]:
                    if row["group"] in names:
                        row["together"] = f"{constraint.id}-{number}"

    def unavailable(self) -> None:
        """Times at which somebody must not be busy, or would rather not."""
        for constraint in self.of_kind["AvoidUnavailableTimes"]:
            for name in constraint.resources:
                self.away(
                    name, constraint.times, None if constraint.required else constraint.weight
                )
        for constraint in self.of_kind["LimitBusyTimes"]:
            if constraint.most == 0:
                for name in constraint.resources:
                    hard = constraint.required
                    self.away(name, constraint.times, None if hard else constraint.weight)

    def away(self, name: str, times: frozenset[str], weight: int | None) -> None:
        """Keep a resource free at some times, or (with a weight) let it wish to be."""
        if weight is None:
            rows = [
                row
                for row in (*self.conversion.sheets["staff"], *self.conversion.sheets["groups"])
                if self.attends(row, name)
            ]
            for row in rows:
                row["busy"] = "; ".join(filter(None, [row.get("busy"), self.clock.windows(times)]))
            return
        wishes = (
            [f"staff:{self.staff_id[name]}"]
            if name in self.staff_id
            else [
                f"group:{row['group']}"
                for row in self.conversion.sheets["groups"]
                if self.attends(row, name)
            ]
        )
        for day, first, last in self.clock.stretches(times):
            self.conversion.sheets["preferences"] += [
                {
                    "who": who,
                    "days": day,
                    "from": told(OPENING + HOUR * first),
                    "to": told(OPENING + HOUR * last),
                    "weight": -min(WORST, weight),
                }
                for who in wishes
            ]

    def attends(self, row: Row, name: str) -> bool:
        """Whether a row of staff is a teacher, or a row of groups has a class."""
        if name in self.staff_id:
            return row.get("staff") == self.staff_id[name] and "group" not in row
        event = self.instance.events.get(self.conversion.event_of.get(row.get("group", ""), ""))
        return event is not None and any(place.resource == name for place in event.resources)
