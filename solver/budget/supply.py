"""Bound what people can deliver: sessions of a service by the person of an offer, no clock times.

Of sessions that may have different lengths, the largest parts that all of these have whole are
counted as if each were a session.

For each offer o that is taken, with its person p on D days:

    Σ minutes(s) × n[s, o] ≤ obligation(p) − prep(p) × D − meetings(p)
                             (work in the shift, beside preparation and what p must attend)
    Σ minutes(g) × n[g, o] ≤ max_contact(p) × D,  ≤ Σ over weeks of max_contact_week(p)
                             (groups)
    Σ minutes(g) × n[g, o] ≤ the most that the windows of these groups hold on D days
                             (groups with the same windows; all groups of a school)

For each school, pulled-out minutes ≤ spaces × minutes in which somebody may be pulled out. For each
service, Σ_o n[s, o] ≤ adults(s) × sessions(s), and it needs everybody who is to attend.

No clock times, so that a budget is chosen in seconds; and so it promises too much now and then.
What a timetable then proves below the promise is held in the next round (`rounds`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from planner.facts.fund_students import serves
from planner.facts.funds import Program
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.holdings import holders
from planner.rules import (
    contact_minutes,
    contact_week,
    different_days,
    fund_students,
    preparation,
    pull_out_spaces,
)
from planner.rules.contact_week import cycle_contact
from planner.rules.rule import Setting, Strength
from solver.budget.milp import Expr, Milp, total
from solver.budget.offers import Offer
from solver.timetable.meeting_times import Spans, Times, held_by_day, union


@dataclass
class Supply:
    """The sessions (or parts) that are given of each service, and `serving`: the offers whose
    person may give it.
    """

    problem: Problem
    times: Times
    serving: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    given: dict[str, Expr] = field(default_factory=dict)
    variables: set[str] = field(default_factory=set)

    def minutes(self, tier: int) -> Expr:
        """Minutes × priority of a tier's groups; of duties that are not required where the tier is
        0.
        """
        wanted = [
            s
            for s in self.problem.services
            if s.tier == tier and not s.required and s.id in self.given
        ]
        return total(
            service.worth * service.priority * self.given[service.id] for service in wanted
        )


def build(
    milp: Milp,
    problem: Problem,
    settings: Mapping[str, Setting],
    offers: tuple[Offer, ...],
    taken: list[Expr],
) -> Supply:
    """The variables and every bound on them. People without a position are there whatever is
    budgeted.
    """
    supply = Supply(problem, Times(problem, settings))
    people = [
        (person, total(taken[n] for n in numbers) if numbers else 1, numbers)
        for person, numbers in candidates(problem, offers)
    ]
    of_offer = [terms_of(problem, settings, offer) for offer in offers]
    of_service: defaultdict[str, list[Expr]] = defaultdict(list)
    pulled: defaultdict[str, list[tuple[Service, Expr]]] = defaultdict(list)
    at_school: defaultdict[str, list[Service]] = defaultdict(list)
    for service in problem.services:
        at_school[service.school].append(service)
    for person, there, numbers in people:
        mine: list[tuple[Service, Spans, Expr]] = []
        near = [service for school in ("", *person.schools) for service in at_school[school]]
        for service in near:
            may = [n for n in numbers if may_give(of_offer[n], service)]
            times = supply.times.of(person, service) if may or not numbers else ()
            if times:
                most = _most(supply, service, times)
                count = milp.number(0, most)
                if len(may) < len(numbers):
                    milp.add(count <= most * total(taken[n] for n in may))
                supply.serving[service.id] |= set(may)
                of_service[service.id].append(count)
                mine.append((service, times, count))
                if service.takes_room and service.adults == 1:
                    pulled[service.school].append((service, count))
        _work(milp, supply, person, there, mine)
    present: defaultdict[str, list[Expr]] = defaultdict(list)
    for person, there, _ in people:
        present[person.id].append(there)
    for service in problem.services:
        _service(milp, supply, service, of_service[service.id], present)
        if service.takes_room and service.adults > 1:
            pulled[service.school].append((service, supply.given[service.id]))
    _rooms(milp, supply, pulled)
    return supply


def candidates(problem: Problem, offers: tuple[Offer, ...]) -> list[tuple[Person, list[int]]]:
    """Everybody who may be planned, with the numbers of the offers that plan them so; without any
    where no position pays them.
    """
    held = (position for offer in offers for position in offer.positions)
    budgeted = {staff for position in set(held) for staff in holders(problem, position)}
    same: defaultdict[object, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        same[offer.contract, tuple((x.position, x.fte, x.school) for x in offer.positions)].append(
            number
        )
    found = [(person, numbers) for numbers in same.values() for person in offers[numbers[0]].people]
    return found + [(person, []) for person in problem.people if person.id not in budgeted]


def _service(
    milp: Milp,
    supply: Supply,
    service: Service,
    counts: list[Expr],
    present: Mapping[str, list[Expr]],
) -> None:
    """No more than is owed, each with its adults and everybody who attends."""
    given = supply.given[service.id] = milp.number(0, service.units)
    if service.adults:
        milp.add(total(counts) >= service.adults * given)
    for name in service.attendees:
        milp.add(given <= service.units * total(present.get(name, ())))


def _work(
    milp: Milp, supply: Supply, person: Person, there: Expr, mine: list[tuple[Service, Spans, Expr]]
) -> None:
    """What fits into a person's cycle: work, contact, and the windows of what they serve."""
    if not mine:
        return
    days = days_worked(person)
    prep = person.role.prep_minutes * days if supply.times.is_hard(preparation.RULE) else 0
    inside = [
        (service, count)
        for service, _, count in mine
        if service.in_shift and not service.planning and not service.dated
    ]
    meetings = sum(
        s.longest * s.sessions
        for s in supply.problem.services
        if s.required and s.in_shift and person.id in s.attendees
    )
    milp.add(
        total(s.unit * count for s, count in inside)
        <= max(0, person.obligation - prep - meetings) * there
    )
    groups = [
        (service, times, count)
        for service, times, count in mine
        if service.contact and not service.dated
    ]
    most = person.role.max_contact_minutes
    if most is not None and supply.times.is_hard(contact_minutes.RULE):
        milp.add(total(s.unit * count for s, _, count in groups) <= most * days * there)
    weekly = cycle_contact(supply.problem, person)
    if weekly is not None and supply.times.is_hard(contact_week.RULE):
        milp.add(total(s.unit * count for s, _, count in groups) <= weekly * there)
    alike: defaultdict[Spans, list[tuple[Service, Expr]]] = defaultdict(list)
    at_school: defaultdict[str, list[tuple[Service, Spans, Expr]]] = defaultdict(list)
    for service, times, count in groups:
        alike[times].append((service, count))
        at_school[service.school].append((service, times, count))
    for times, found in alike.items():
        lengths = tuple(sorted({service.unit for service, _ in found}))
        milp.add(total(s.unit * count for s, count in found) <= _hold(times, lengths, days) * there)
    for here in at_school.values():
        everywhen = union(times for _, times, _ in here)
        milp.add(
            total(s.unit * count for s, _, count in here) <= _hold(everywhen, (1,), days) * there
        )


def _rooms(milp: Milp, supply: Supply, pulled: Mapping[str, list[tuple[Service, Expr]]]) -> None:
    """Groups that are pulled out share a school's spaces."""
    if not supply.times.is_hard(pull_out_spaces.RULE):
        return
    for name, found in pulled.items():
        spaces = supply.problem.schools[name].spaces
        if spaces is not None:
            open_to_some = union(supply.times.windows(service) for service, _ in found)
            regular = total(s.unit * count for s, count in found if not s.dated)
            milp.add(regular <= spaces * sum(end - start for _, start, end in open_to_some))


def terms_of(problem: Problem, settings: Mapping[str, Setting], offer: Offer) -> list[Program]:
    """On what terms funds pay somebody; nothing where the model chooses them."""
    if offer.chosen or settings[fund_students.RULE.key].strengths != {Strength.HARD}:
        return []
    return [
        problem.fund_terms[share.fund]
        for position in offer.positions
        for share in position.funding
        if share.percent
    ]


def may_give(terms: list[Program], service: Service) -> bool:
    """Whether somebody who is paid on these terms (none: whatever they are) may serve."""
    return not service.group or not terms or any(serves(one, service.group) for one in terms)


def days_worked(person: Person) -> int:
    """The days of a cycle on which a person works, at most."""
    open_days = person.most_days
    full = person.role.obligation_minutes
    return min(open_days, ceil(person.obligation / full)) if person.works_full_days else open_days


def _most(supply: Supply, service: Service, times: Spans) -> int:
    """The most sessions, or parts, that one person can give of a service."""
    days = len({day for day, _, _ in times})
    return (
        min(service.units, days * service.units_a_day)
        if supply.times.is_hard(different_days.RULE)
        else service.units
    )


def _hold(times: Spans, lengths: tuple[int, ...], days: int) -> int:
    """The most minutes that sessions of some lengths fill of stretches of time, on so many of the
    days.
    """
    return sum(sorted(held_by_day(times, lengths).values(), reverse=True)[:days])
