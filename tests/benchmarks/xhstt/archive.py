"""An XHSTT file as it stands: instances with their times, resources, events and constraints, and
the solutions that it holds.

Reads both dialects: archives up to 2013 name cost functions Sum, StepSum and so on, those from 2014
on Linear, Step and Quadratic. The files are the reader's own, so the standard library's parser will
do; it refuses a file that blows itself up by entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class EventResource:
    """A place of an event: who is in it, or by which role and type somebody is wanted."""

    role: str
    kind: str
    resource: str | None
    workload: int


@dataclass(frozen=True)
class Event:
    """So many times on end, or split; `time` is set where the instance settles it."""

    id: str
    duration: int
    time: str | None
    resources: tuple[EventResource, ...]


@dataclass(frozen=True)
class Limit:
    """A group of times, and how few and how many are allowed in it."""

    times: tuple[str, ...]
    least: int
    most: int | None


@dataclass(frozen=True)
class EventPair:
    """One event before another, with so many times between their end and start."""

    first: str
    second: str
    least: int
    most: int | None


@dataclass(frozen=True)
class Constraint:
    """A constraint with its groups resolved; points of application come once each, in order.

    `texts` holds what stands in it as plain text (Role, Duration, Minimum, …).
    """

    kind: str
    id: str
    required: bool
    weight: int
    cost_function: str
    events: tuple[str, ...]
    event_groups: dict[str, tuple[str, ...]]
    resources: tuple[str, ...]
    pairs: tuple[EventPair, ...]
    times: frozenset[str]
    limits: tuple[Limit, ...]
    preferred: frozenset[str]
    texts: dict[str, str]

    @property
    def role(self) -> str:
        """The role that it is about."""
        return self.texts.get("Role", "")

    @property
    def least(self) -> int:
        """Minimum, where there is one."""
        return int(self.texts.get("Minimum") or 0)

    @property
    def most(self) -> int | None:
        """Maximum, where there is one."""
        return self.number("Maximum")

    def number(self, tag: str) -> int | None:
        """A whole number that stands in it."""
        return int(self.texts[tag]) if self.texts.get(tag) else None


@dataclass(frozen=True)
class Instance:
    """A school's week to be planned."""

    id: str
    times: tuple[str, ...]
    days: dict[str, tuple[str, ...]]
    """Groups of times that are called days, in the order of the file."""
    resources: dict[str, str]
    """The type of each resource."""
    events: dict[str, Event]
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True)
class SolutionEvent:
    """A part of an event that a solution gives; `resources` are by role."""

    event: str
    duration: int
    time: str | None
    resources: dict[str, str]


@dataclass(frozen=True)
class Report:
    """What the makers of a solution say that it costs; `costs` by point and constraint."""

    infeasibility: int
    objective: int
    costs: dict[tuple[str, str], int]


@dataclass(frozen=True)
class Solution:
    """A solution, by whom, and what it is said to cost where the file says so."""

    instance: str
    group: str
    events: tuple[SolutionEvent, ...]
    report: Report | None = None


@dataclass(frozen=True)
class Archive:
    """What a file holds."""

    instances: dict[str, Instance]
    solutions: tuple[Solution, ...] = field(default=())


def read_archive(source: Path | str) -> Archive:
    """Read a file, or a document as text.

    Raises:
        ValueError: It is no XHSTT archive, or refers to what it does not hold.
    """
    text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
    root = ElementTree.fromstring(text)
    if root.tag != "HighSchoolTimetableArchive":
        raise ValueError(f"an XHSTT archive begins with HighSchoolTimetableArchive, not {root.tag}")
    instances = {read.id: read for read in map(_instance, root.iterfind("Instances/Instance"))}
    solutions = tuple(
        _solution(instances, group.get("Id", ""), element)
        for group in root.iterfind("SolutionGroups/SolutionGroup")
        for element in group.iterfind("Solution")
    )
    return Archive(instances, solutions)


class _Groups:
    """Members of groups: each member names the groups that it is in."""

    def __init__(self, members: list[Element], tags: tuple[str, ...]) -> None:
        self.of: dict[str, list[str]] = {}
        for member in members:
            for element in member.iter():
                if element.tag in tags and element.get("Reference"):
                    self.of.setdefault(element.get("Reference", ""), []).append(_id(member))

    def __getitem__(self, group: str) -> tuple[str, ...]:
        return tuple(self.of.get(group, ()))


def _instance(element: Element) -> Instance:
    times = element.findall("Times/Time")
    resources = element.findall("Resources/Resource")
    events = element.findall("Events/Event")
    time_groups = _Groups(times, ("Day", "Week", "TimeGroup"))
    # An event names the groups of resources that all attend it: these are not its own groups.
    resource_groups = _Groups(resources, ("ResourceGroup",))
    event_groups = _Groups(events, ("Course", "EventGroup"))
    kinds = {_id(one): _reference(one, "ResourceType") for one in resources}
    read = Instance(
        id=_id(element),
        times=tuple(map(_id, times)),
        days={_id(day): time_groups[_id(day)] for day in element.iterfind("Times/TimeGroups/Day")},
        resources=kinds,
        events={_id(one): _event(one, kinds, resource_groups) for one in events},
        constraints=tuple(
            _constraint(one, time_groups, resource_groups, event_groups)
            for one in element.iterfind("Constraints/*")
        ),
    )
    _complete(read)
    return read


def _complete(instance: Instance) -> None:
    """Raise ValueError where a constraint or an event refers to what is not there."""
    times = set(instance.times)
    for constraint in instance.constraints:
        named = {
            *constraint.events,
            *(e for group in constraint.event_groups.values() for e in group),
        }
        named |= {event for pair in constraint.pairs for event in (pair.first, pair.second)}
        missing = (named - set(instance.events)) | (
            set(constraint.resources) - set(instance.resources)
        )
        missing |= constraint.times - times
        if missing:
            raise ValueError(f"{constraint.id} refers to {', '.join(sorted(missing))}")
    for event in instance.events.values():
        attending = {place.resource for place in event.resources if place.resource}
        if missing := attending - set(instance.resources) | ({event.time} - times - {None}):
            raise ValueError(f"{event.id} refers to {', '.join(sorted(map(str, missing)))}")


def _event(element: Element, kinds: dict[str, str], groups: _Groups) -> Event:
    duration = int(element.findtext("Duration", "1"))
    workload = int(element.findtext("Workload") or duration)
    places = [
        EventResource(
            role=one.findtext("Role", ""),
            kind=_reference(one, "ResourceType") or kinds.get(one.get("Reference", ""), ""),
            resource=one.get("Reference"),
            workload=int(one.findtext("Workload") or workload),
        )
        for one in element.iterfind("Resources/Resource")
    ]
    places += [
        EventResource("", kinds[resource], resource, workload)
        for group in element.iterfind("ResourceGroups/ResourceGroup")
        for resource in groups[group.get("Reference", "")]
    ]
    return Event(_id(element), duration, _reference(element, "Time") or None, tuple(places))


def _constraint(
    element: Element, time_groups: _Groups, resource_groups: _Groups, event_groups: _Groups
) -> Constraint:
    applied = {
        name: list(_references(element, f"AppliesTo/{name}s/{name}"))
        for name in ("Event", "EventGroup", "Resource", "ResourceGroup")
    }
    groups = {group: event_groups[group] for group in applied["EventGroup"]}
    preferred = [*_references(element, "Resources/Resource")]
    preferred += [
        resource
        for group in _references(element, "ResourceGroups/ResourceGroup")
        for resource in resource_groups[group]
    ]
    limits = [
        Limit(
            time_groups[group.get("Reference", "")],
            int(group.findtext("Minimum") or 0),
            _most(group.findtext("Maximum")),
        )
        for group in element.iterfind("TimeGroups/TimeGroup")
    ]
    times = {*_references(element, "Times/Time"), *(t for limit in limits for t in limit.times)}
    return Constraint(
        kind=element.tag.removesuffix("Constraint"),
        id=_id(element),
        required=element.findtext("Required") == "true",
        weight=int(element.findtext("Weight", "1")),
        cost_function=element.findtext("CostFunction", ""),
        events=_once([*applied["Event"], *(event for group in groups.values() for event in group)]),
        event_groups=groups,
        resources=_once(
            [
                *applied["Resource"],
                *(r for g in applied["ResourceGroup"] for r in resource_groups[g]),
            ]
        ),
        pairs=tuple(map(_pair, element.iterfind("AppliesTo/EventPairs/EventPair"))),
        times=frozenset(times),
        limits=tuple(limits),
        preferred=frozenset(preferred),
        texts={child.tag: (child.text or "").strip() for child in element if not len(child)},
    )


def _pair(element: Element) -> EventPair:
    return EventPair(
        _reference(element, "FirstEvent"),
        _reference(element, "SecondEvent"),
        int(element.findtext("MinSeparation") or 0),
        _most(element.findtext("MaxSeparation")),
    )


def _solution(instances: dict[str, Instance], group: str, element: Element) -> Solution:
    instance = instances.get(element.get("Reference", ""))
    if instance is None:
        raise ValueError(f"{group} has a solution of {element.get('Reference')}, which is missing")
    given = []
    for one in element.iterfind("Events/Event"):
        event = instance.events[one.get("Reference", "")]
        given.append(
            SolutionEvent(
                event.id,
                int(one.findtext("Duration") or event.duration),
                _reference(one, "Time") or None,
                {
                    place.findtext("Role", ""): place.get("Reference", "")
                    for place in one.iterfind("Resources/Resource")
                },
            )
        )
    return Solution(instance.id, group, tuple(given), _report(element.find("Report")))


def _report(element: Element | None) -> Report | None:
    if element is None:
        return None
    costs = {
        (point.get("Reference", ""), constraint.get("Reference", "")): int(
            constraint.findtext("Cost", "0")
        )
        for kind in ("Resources/Resource", "Events/Event", "EventGroups/EventGroup")
        for point in element.iterfind(kind)
        for constraint in point.iterfind("Constraint")
    }
    return Report(
        int(element.findtext("InfeasibilityValue", "0")),
        int(element.findtext("ObjectiveValue", "0")),
        costs,
    )


def _id(element: Element) -> str:
    return element.get("Id", "")


def _reference(element: Element, tag: str) -> str:
    child = element.find(tag)
    return "" if child is None else child.get("Reference", "")


def _references(element: Element, path: str) -> Iterator[str]:
    return (one.get("Reference", "") for one in element.iterfind(path))


def _most(text: str | None) -> int | None:
    return int(text) if text else None


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
