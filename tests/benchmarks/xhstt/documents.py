"""Small XHSTT documents, put together from what a test is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

DAYS = ("Mo", "Tu", "We", "Th", "Fr")


def reference(tag: str, name: str, *inside: str) -> str:
    """An element that refers to something."""
    return f'<{tag} Reference="{name}">{"".join(inside)}</{tag}>'


def tagged(tag: str, *inside: object) -> str:
    """An element around something."""
    return f"<{tag}>{''.join(map(str, inside))}</{tag}>"


def many(tag: str, names: Iterable[str]) -> str:
    """References of a kind, inside their plural."""
    return tagged(f"{tag}s", *(reference(tag, name) for name in names))


def event(
    name: str,
    duration: int,
    places: Mapping[str, str | None] | None = None,
    *,
    workload: int | None = None,
    groups: Iterable[str] = (),
    time: str | None = None,
) -> str:
    """An event; `places` has a resource, or None, for each `Role:Type`."""
    resources = []
    for place, resource in (places or {}).items():
        role, _, kind = place.partition(":")
        inside = tagged("Role", role) + reference("ResourceType", kind)
        resources.append(
            reference("Resource", resource, inside) if resource else tagged("Resource", inside)
        )
    return (
        f'<Event Id="{name}">'
        + tagged("Duration", duration)
        + (tagged("Workload", workload) if workload is not None else "")
        + (reference("Time", time) if time else "")
        + tagged("Resources", *resources)
        + reference("Course", f"gr_{name}")
        + many("EventGroup", ["all", *groups])
        + "</Event>"
    )


def constraint(
    kind: str,
    applies: str,
    *inside: str,
    name: str = "",
    hard: bool = True,
    weight: int = 1,
    function: str = "Linear",
    **texts: object,
) -> str:
    """A constraint; further texts stand in elements of their names."""
    named = "".join(tagged(tag, text) for tag, text in texts.items())
    return (
        f'<{kind}Constraint Id="{name or kind}">'
        + tagged("Required", str(hard).lower())
        + tagged("Weight", weight)
        + tagged("CostFunction", function)
        + tagged("AppliesTo", applies)
        + "".join(inside)
        + named
        + f"</{kind}Constraint>"
    )


def limits(groups: Iterable[str], least: int, most: int) -> str:
    """Groups of times with a minimum and a maximum each."""
    inside = tagged("Minimum", least) + tagged("Maximum", most)
    return tagged("TimeGroups", *(reference("TimeGroup", group, inside) for group in groups))


def given(
    name: str, duration: int, time: str | None = None, people: Mapping[str, str] | None = None
) -> str:
    """A part of an event in a solution; `people` by role."""
    places = (
        reference("Resource", who, tagged("Role", role)) for role, who in (people or {}).items()
    )
    return reference(
        "Event",
        name,
        tagged("Duration", duration),
        reference("Time", time) if time else "",
        tagged("Resources", *places),
    )


def document(
    events: Iterable[str],
    constraints: Iterable[str],
    solutions: Iterable[Iterable[str]] = (),
    *,
    resources: Mapping[str, str],
    days: Iterable[str] = DAYS[:2],
    a_day: int = 4,
    report: str = "",
) -> str:
    """An archive with one instance; times are called Mo_1 and so on, `late` is each day's last.

    `resources` has the type of each; all of a type are a group of the type's name.
    """
    days = list(days)
    groups = [f'<Day Id="{day}"><Name>{day}</Name></Day>' for day in days]
    groups += [f'<TimeGroup Id="{name}"/>' for name in ("anytime", "late")]
    times = []
    for day in days:
        for number in range(1, a_day + 1):
            of = ["anytime", *(["late"] if number == a_day else [])]
            times.append(
                f'<Time Id="{day}_{number}">{reference("Day", day)}{many("TimeGroup", of)}</Time>'
            )
    people = [
        f'<Resource Id="{name}">{reference("ResourceType", kind)}'
        f"{many('ResourceGroup', [kind])}</Resource>"
        for name, kind in resources.items()
    ]
    instance = (
        '<Instance Id="small">'
        + tagged("Times", tagged("TimeGroups", *groups), *times)
        + tagged("Resources", *people)
        + tagged("Events", *events)
        + tagged("Constraints", *constraints)
        + "</Instance>"
    )
    solved = (
        reference("Solution", "small", tagged("Events", *parts), report) for parts in solutions
    )
    return tagged(
        "HighSchoolTimetableArchive",
        tagged("Instances", instance),
        tagged("SolutionGroups", f'<SolutionGroup Id="test">{"".join(solved)}</SolutionGroup>'),
    )
