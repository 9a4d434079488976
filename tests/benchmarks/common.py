"""The common problem: one synthetic problem that our solver, a naive model and other programs are
all measured on.

Five days of twelve half-hour slots; each group gets four sessions of one slot on different days, in
its grade's window, from adults who have its skill; an adult has available slots, a cap of slots a
week, and one school a day, and three in ten have three schools. What is wanted: one adult a group
(10 for each further), no idle slots (2 each), liked slots. A plan that breaks nothing, with one
adult a group, is planted. The instances are those of the study behind the README's figures: the
same numbers and seed give the same instance, so the order in which chance is asked must not change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

DAYS, SLOTS = 5, 12
SESSIONS = 4
SKILLS, GRADES = 4, 6
SHARED = 0.3
EXTRA_ADULT, IDLE_SLOT = 10, 2

Sessions = list[tuple[int, int]]
"""The adult and the slot of each session of a group; slots are counted through the week."""
Plan = list[Sessions]
"""The sessions of every group."""


@dataclass(frozen=True)
class Group:
    """What is owed; `window` says what each permitted slot costs."""

    school: int
    grade: int
    skill: int
    window: dict[int, int]


@dataclass(frozen=True)
class Adult:
    """Who may give it; `most` is the cap of slots a week."""

    skills: tuple[int, ...]
    schools: tuple[int, ...]
    available: frozenset[int]
    most: int

    def may_serve(self, group: Group) -> bool:
        """Whether skill and school are right."""
        return group.skill in self.skills and group.school in self.schools


@dataclass
class Instance:
    """An instance, and the plan that is planted in it."""

    schools: int
    groups: list[Group] = field(default_factory=list)
    adults: list[Adult] = field(default_factory=list)
    planted: Plan = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """What an independent look at a plan finds: broken rules, and the parts of its cost."""

    broken: int
    extra_adults: int
    idle_slots: int
    disliked: int

    @property
    def cost(self) -> int:
        """What the plan costs; the lower the better."""
        return EXTRA_ADULT * self.extra_adults + IDLE_SLOT * self.idle_slots + self.disliked


def day_of(slot: int) -> int:
    """The day of a slot of the week."""
    return slot // SLOTS


def judged(instance: Instance, plan: Plan) -> Verdict:
    """A plan by the rules and the cost of the common problem."""
    broken = extra = disliked = 0
    busy: dict[int, list[int]] = defaultdict(list)
    schools: dict[tuple[int, int], set[int]] = defaultdict(set)
    for group, sessions in zip(instance.groups, plan, strict=True):
        broken += abs(len(sessions) - SESSIONS) + (
            len({day_of(slot) for _, slot in sessions}) != len(sessions)
        )
        extra += max(0, len({adult for adult, _ in sessions}) - 1)
        for number, slot in sessions:
            adult = instance.adults[number]
            broken += (slot not in group.window) + (
                not adult.may_serve(group) or slot not in adult.available
            )
            disliked += group.window.get(slot, 0)
            busy[number].append(slot)
            schools[number, day_of(slot)].add(group.school)
    broken += sum(count - 1 for slots in busy.values() for count in Counter(slots).values())
    broken += sum(len(slots) > instance.adults[number].most for number, slots in busy.items())
    broken += sum(len(there) - 1 for there in schools.values())
    idle = sum(idle_slots(instance.adults[number], slots) for number, slots in busy.items())
    return Verdict(broken, extra, idle, disliked)


def idle_slots(adult: Adult, slots: list[int]) -> int:
    """Available slots between an adult's first and last session of a day in which nothing
    happens.
    """
    idle = 0
    for day in range(DAYS):
        given = [slot for slot in slots if day_of(slot) == day]
        if given:
            idle += len(
                {slot for slot in adult.available if min(given) < slot < max(given)} - set(given)
            )
    return idle


def generated(schools: int, groups: int, seed: int) -> Instance:
    """An instance of so many schools with so many groups each."""
    return _Planter(schools, seed).planted(groups)


class _Planter:
    """Adults are added as groups need them."""

    def __init__(self, schools: int, seed: int) -> None:
        self.rng = Random(seed)
        self.instance = Instance(schools)
        self.windows = {
            (school, grade): self.window() for school in range(schools) for grade in range(GRADES)
        }
        self.given: list[set[int]] = []
        """For each adult the slots that are taken."""
        self.where: list[dict[int, int]] = []
        """For each adult and day the school."""

    def planted(self, groups: int) -> Instance:
        for school in range(self.instance.schools):
            for number in range(groups):
                group = Group(
                    school,
                    number % GRADES,
                    self.rng.randrange(SKILLS),
                    self.windows[school, number % GRADES],
                )
                adult, slots = self.placed(group)
                self.instance.groups.append(group)
                self.instance.planted.append([(adult, slot) for slot in slots])
                self.given[adult] |= set(slots)
                self.where[adult] |= {day_of(slot): school for slot in slots}
        return self.instance

    def window(self) -> dict[int, int]:
        """Two blocks of three slots a day, one day in four a slot later; half a day, and some of
        the last, is disliked.
        """
        rng = self.rng
        starts = (rng.choice([0, 1, 2, 3]), rng.choice([6, 7, 8, 9]))
        slots = []
        for day in range(DAYS):
            later = rng.choice([0, 0, 0, 1])
            slots += [
                day * SLOTS + min(SLOTS - 1, start + step + later)
                for start in starts
                for step in range(3)
            ]
        afternoon = bool(rng.choice([0, 1]))
        window = {}
        for slot in sorted(set(slots)):
            window[slot] = int((slot % SLOTS >= SLOTS // 2) == afternoon)
            if day_of(slot) == DAYS - 1:
                window[slot] += rng.random() < 0.5
        return window

    def placed(self, group: Group) -> tuple[int, list[int]]:
        """An adult for a group, a new one if need be, and the slots."""
        candidates = [
            number
            for number, adult in enumerate(self.instance.adults)
            if group.school in adult.schools
        ]
        self.rng.shuffle(candidates)
        for number in candidates:
            if slots := self.slots(number, group):
                return number, slots
        for _ in range(20):
            self.instance.adults.append(self.adult(group))
            self.given.append(set())
            self.where.append({})
            if slots := self.slots(len(self.given) - 1, group):
                return len(self.given) - 1, slots
            self.instance.adults.pop()
            self.given.pop()
            self.where.pop()
        raise ValueError("nobody can be found for a group")

    def slots(self, number: int, group: Group) -> list[int]:
        """Where an adult could serve a group, or nothing."""
        adult, given, where = self.instance.adults[number], self.given[number], self.where[number]
        if not adult.may_serve(group) or len(given) + SESSIONS > adult.most:
            return []
        days = list(range(DAYS))
        self.rng.shuffle(days)
        found: list[int] = []
        for day in days:
            if where.get(day, group.school) != group.school:
                continue
            free = [
                slot
                for slot in group.window
                if day_of(slot) == day and slot in adult.available and slot not in given
            ]
            if free:
                found.append(self.rng.choice(free))
            if len(found) == SESSIONS:
                return found
        return []

    def adult(self, group: Group) -> Adult:
        """Somebody who could serve a group."""
        rng = self.rng
        skills = {group.skill, *rng.sample(range(SKILLS), rng.choice([1, 2]))}
        available = set(range(DAYS * SLOTS))
        lunch = rng.choice([4, 5, 6])
        for day in range(DAYS):
            away = {lunch, *(rng.randrange(SLOTS) for _ in range(rng.choice([0, 1, 2])))}
            available -= {day * SLOTS + slot for slot in away}
        if rng.random() < 0.15:
            day = rng.randrange(DAYS)
            available -= set(range(day * SLOTS, (day + 1) * SLOTS))
        schools = {group.school}
        if rng.random() < SHARED and self.instance.schools > 1:
            schools = {(group.school + step) % self.instance.schools for step in range(3)}
        return Adult(
            tuple(sorted(skills)),
            tuple(sorted(schools)),
            frozenset(available),
            rng.choice([28, 32, 36]),
        )
