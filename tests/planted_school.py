"""The parts of a planted school: its day, its people, and a legal day for each of them.

A person's planted day is a template, the same every day worked: lunch, preparation, perhaps a gap
for duties, and columns of contact that tile the rest. A column's days are then dealt to one group
or two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

Span = tuple[int, int]

GRADES = ("K", "1", "2", "3", "4", "5")
SUBJECTS = ("reading", "math")
PREPARATION = 40
LUNCH = 30
LUNCH_WINDOW = (11 * 60, 13 * 60 + 30)
SHORTEST, LONGEST = 20, 45
SCHOOL_DAY = 420
OPEN_FOR = 450


@dataclass(frozen=True)
class Job:
    """A role and how much of it: obligation a day, contact capacity a day, share of the days
    worked.
    """

    role: str
    fte: str
    obligation: int
    capacity: int
    share: float = 1.0


INTERVENTIONISTS = (
    Job("interventionist", "1", 420, 330),
    Job("interventionist", "0.5", 210, 170),
    Job("interventionist", "0.25", 105, 65),
)
OTHERS = (
    Job("esp", "0.5", 180, 140),
    Job("coach", "0.4", 420, 300, 0.4),
    Job("esp", "0.5", 180, 140),
    Job("esp", "0.5", 180, 140),
    Job("esp", "1", 360, 320),
    Job("esp", "0.75", 270, 230),
    Job("esp", "0.25", 90, 50),
)
ROLES = [
    {
        "role": "interventionist",
        "title": "Interventionist",
        "family": "interventionist",
        "certificated": "yes",
    }
    | {
        "obligation_minutes": 420,
        "max_contact_minutes": 330,
        "part_time": "hours",
        "requires": "teaching",
    },
    {"role": "coach", "title": "Instructional coach", "family": "coach", "certificated": "yes"}
    | {
        "obligation_minutes": 420,
        "max_contact_minutes": 300,
        "part_time": "days",
        "requires": "teaching",
    }
    | {"tiers": "1;2"},
    {"role": "esp", "title": "Paraeducator", "family": "paraeducator", "certificated": "no"}
    | {"obligation_minutes": 360, "part_time": "hours", "requires": "fcs"}
    | {"supervised": "on_site", "max_supervised": 4},
]
ROLE_DEFAULTS = {
    "contract_days": 190,
    "pay_basis": "annual",
    "lunch_minutes": LUNCH,
    "lunch_from": "11:00",
    "lunch_to": "13:30",
    "prep_minutes": PREPARATION,
    "max_consecutive_minutes": 180,
    "break_minutes": 10,
}


@dataclass(frozen=True)
class Piece:
    """A block of one grade's day."""

    grade: str
    start: int
    end: int
    kind: str
    subject: str = ""


@dataclass(frozen=True)
class Option:
    """A way to use a span of time: pull a grade out of flex, or push into its core."""

    grade: str
    pull_out: bool
    subject: str


@dataclass
class SchoolDay:
    """When a school is open and what its grades do."""

    opening: int
    meeting: int
    pieces: list[Piece]
    known: dict[Span, list[Option]] = field(default_factory=dict)

    def options(self, span: Span) -> list[Option]:
        """What a group may be in that span."""
        if span not in self.known:
            self.known[span] = [
                Option(piece.grade, piece.kind == "flex", piece.subject)
                for piece in self.pieces
                if piece.kind in ("flex", "core")
                and piece.start <= span[0]
                and span[1] <= piece.end
            ]
        return self.known[span]


@dataclass(frozen=True)
class Template:
    """A legal day."""

    lunch: Span
    preparation: list[Span]
    gap: Span | None
    columns: list[Span]

    @cached_property
    def contact(self) -> int:
        """Minutes of contact."""
        return sum(end - start for start, end in self.columns)


@dataclass
class Planted:
    """A planted person with its limits (empty: none)."""

    staff: str
    job: Job
    days: list[str]
    shift: Span
    template: Template
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    credentials: tuple[str, ...]
    busy: list[str] = field(default_factory=list)

    @property
    def capacity(self) -> int:
        """Contact capacity a cycle."""
        return self.job.capacity * len(self.days)

    def may(self, option: Option) -> bool:
        """Whether the person's grades and subjects permit the option."""
        return (not self.grades or option.grade in self.grades) and (
            not self.subjects or not option.subject or option.subject in self.subjects
        )


# -- the school's day


def school_day(rng: Random, variety: bool) -> SchoolDay:
    """Six grades with staggered lunches and flex windows; the rest is core with a subject."""
    opening = 480 + (rng.choice((-15, 0, 0, 15)) if variety else 0)
    pieces: list[Piece] = []
    for place, grade in enumerate(rng.sample(GRADES, len(GRADES))):
        lunch = opening + 180 + 20 * place
        back, home = lunch + 50, opening + SCHOOL_DAY
        pieces.append(Piece(grade, lunch, lunch + 30, "lunch"))
        pieces.append(Piece(grade, lunch + 30, back, "recess"))
        flex = opening + min(30 * place, 180 + 20 * place - 60)
        pieces += half_day(rng, grade, (opening, lunch), (flex, flex + 60), place % 2 == 1, variety)
        flex = back + 25 * place % (home - back - 40)
        pieces += half_day(rng, grade, (back, home), (flex, flex + 45), place % 2 == 0, variety)
    return SchoolDay(opening, opening + rng.choice((0, 120, 345)), pieces)


def half_day(
    rng: Random, grade: str, part: Span, flex: Span, specials: bool, variety: bool
) -> list[Piece]:
    """One flex window, perhaps specials, and core around them."""
    subject = rng.choice(SUBJECTS) if variety and rng.random() < 0.2 else ""
    pieces = [Piece(grade, *flex, "flex", subject)]
    left = sorted(((part[0], flex[0]), (flex[1], part[1])), key=lambda span: span[0] - span[1])
    if specials and left[0][1] - left[0][0] >= 40:
        start, end = left[0]
        pieces.append(Piece(grade, end - 40, end, "specials"))
        left[0] = (start, end - 40)
    for number, (start, end) in enumerate(left):
        if end - start >= SHORTEST:
            pieces.append(Piece(grade, start, end, "core", SUBJECTS[(number + specials) % 2]))
        elif end > start:
            pieces.append(Piece(grade, start, end, "other"))
    return pieces


# -- the people


def choose_jobs(columns: float) -> list[Job]:
    """An interventionist first, then others, so that they offer about so many columns of
    contact.
    """
    average = 36
    fitting = [job for job in INTERVENTIONISTS if job.capacity / average <= 0.7 * columns]
    jobs = [fitting[0] if fitting else INTERVENTIONISTS[-1]]
    left = columns - jobs[0].capacity / average
    while left > 1.2:
        following = OTHERS[(len(jobs) - 1) % len(OTHERS)]
        job = next(
            (job for job in (following, *OTHERS) if job.capacity / average <= left), OTHERS[-1]
        )
        jobs.append(job)
        left -= job.capacity / average
    return jobs


def draw_shift(rng: Random, job: Job, opening: int) -> Span:
    """A shift inside the opening hours with room for a lunch in its window."""
    length = job.obligation + LUNCH
    latest = min(opening + OPEN_FOR - length, LUNCH_WINDOW[1] - LUNCH)
    earliest = max(opening, LUNCH_WINDOW[0] + LUNCH - length)
    start = earliest + 15 * rng.randrange((latest - earliest) // 15 + 1)
    return start, start + length


def free_parts(shift: Span, taken: list[Span]) -> list[Span]:
    """What is left of a shift."""
    parts, at = [], shift[0]
    for start, end in sorted(taken):
        parts.append((at, start))
        at = end
    return [(start, end) for start, end in [*parts, (at, shift[1])] if end > start]


def gap_for(job: Job, day: SchoolDay, shift: Span, load: float) -> Span | None:
    """Time for duties at the school's meeting hour, where the load leaves some."""
    spare = job.obligation - PREPARATION - load * job.capacity - 5
    length = 30 if spare >= 30 else 20 if spare >= 20 else 0
    gap = (day.meeting, day.meeting + length)
    return gap if length and shift[0] <= gap[0] and gap[1] <= shift[1] else None


def draw_template(
    rng: Random,
    job: Job,
    shift: Span,
    gap: Span | None,
    average: float,
    need: float,
    fits: Callable[[Span], bool],
) -> Template:
    """The first of many random days that has the contact needed, or else the best."""
    best: Template | None = None
    for _ in range(400):
        template = try_template(rng, job, shift, gap, average, fits)
        if template and (best is None or template.contact > best.contact):
            best = template
            if best.contact >= need:
                break
    if best is None:
        raise ValueError(f"no legal day for {job} in {shift}")
    return best


def try_template(
    rng: Random,
    job: Job,
    shift: Span,
    gap: Span | None,
    average: float,
    fits: Callable[[Span], bool],
) -> Template | None:
    """One random day: items in random order, columns tile the rest; None where it breaks a rule."""
    earliest, latest = max(LUNCH_WINDOW[0], shift[0]), min(LUNCH_WINDOW[1], shift[1]) - LUNCH
    start = earliest + 5 * rng.randrange((latest - earliest) // 5 + 1)
    lunch = (start, start + LUNCH)
    if gap and lunch[0] < gap[1] and gap[0] < lunch[1]:
        return None
    parts = free_parts(shift, [lunch, gap] if gap else [lunch])
    spare = sum(end - start for start, end in parts) - PREPARATION - job.capacity
    items: list[list[tuple[str, int]]] = [[] for _ in parts]
    for length in rng.choice(([40], [40], [20, 20])):
        rng.choice(items).append(("preparation", length))
    if spare > 0:
        rng.choice(items).append(("pause", spare))
    told: dict[str, list[Span]] = {"preparation": [], "pause": [], "column": []}
    for part, inside in zip(parts, items, strict=True):
        room = part[1] - part[0] - sum(length for _, length in inside)
        if room < 0:
            return None
        lay_out(rng, part[0], inside, tile(rng, room, average), told)
    columns = [column for column in told["column"] if fits(column)]
    if (
        not columns
        or sum(e - s for s, e in columns) > job.capacity
        or longest_stretch(columns) > 180
    ):
        return None
    return Template(lunch, sorted(told["preparation"]), gap, sorted(columns))


def lay_out(
    rng: Random,
    at: int,
    items: list[tuple[str, int]],
    columns: list[int],
    told: dict[str, list[Span]],
) -> None:
    """One part of the day after the other, preparation often last."""
    sequence = [
        *items,
        *(("column" if length >= SHORTEST else "pause", length) for length in columns),
    ]
    rng.shuffle(sequence)
    if rng.random() < 0.5:
        sequence.sort(key=lambda item: item[0] == "preparation")
    for kind, length in sequence:
        told[kind].append((at, at + length))
        at += length


def tile(rng: Random, room: int, average: float) -> list[int]:
    """Lengths of columns that fill the room; less than the shortest column is left as a pause."""
    if room < SHORTEST:
        return [room] if room else []
    number = min(
        max(round(room / average + rng.uniform(-0.4, 0.4)), -(-room // LONGEST)), room // SHORTEST
    )
    lengths = [SHORTEST] * number
    for _ in range((room - SHORTEST * number) // 5):
        lengths[rng.choice([n for n, length in enumerate(lengths) if length < LONGEST])] += 5
    return lengths


def longest_stretch(columns: list[Span]) -> int:
    """Minutes of the longest run of columns without a pause of ten minutes."""
    longest, first, last = 0, -60, -60
    for start, end in sorted(columns):
        first = start if start - last >= 10 else first
        last = end
        longest = max(longest, last - first)
    return longest
