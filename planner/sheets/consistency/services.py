"""Groups and duties: what is owed must be possible to give."""

from collections.abc import Iterator
from math import ceil

from planner.facts.calendar import Calendar
from planner.facts.cell_formats import Frequency, write_lengths
from planner.facts.group_rows import PULLED_OUT, Duty, Group, Member
from planner.facts.schools import Teacher
from planner.facts.session_lengths import numbers_that_sum
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault


def find_ids_of_both_a_group_and_a_duty(sheets: Sheets) -> Iterator[Fault]:
    """A duty with a group's id: pins and plans could not tell them apart."""
    groups = {group.group: sheets.number(group) for group in sheets.of(Group)}
    for duty in sheets.of(Duty):
        if duty.duty in groups:
            yield sheets.fault(
                duty, "duty", f"is the id of a group too (row {groups[duty.duty]} of groups)."
            )


def find_groups_without_students(sheets: Sheets) -> Iterator[Fault]:
    """A group that has neither a number of students nor members."""
    if sheets.has("members") and not sheets.whole("members"):
        return
    filled = {member.group for member in sheets.of(Member)}
    for group in sheets.of(Group):
        if not group.students and group.group not in filled:
            fix = "Write how many they are, or list them in the sheet members."
            yield sheets.fault(group, "students", "the group has no students.", fix)


def find_fewest_sessions_above_sessions(sheets: Sheets) -> Iterator[Fault]:
    """Fewest sessions worth giving that are more than the sessions owed."""
    for group in sheets.of(Group):
        if group.min_sessions and group.sessions and group.min_sessions > group.sessions.times:
            yield sheets.fault(
                group, "min_sessions", f"is more than sessions ({group.sessions.times})."
            )


def find_both_or_neither_of_sessions_and_total_minutes(sheets: Sheets) -> Iterator[Fault]:
    """What a group is owed is said in one way: minutes and sessions, or total_minutes with
    lengths.
    """
    told: set[str] = set()
    for group in sheets.of(Group):
        one = {"minutes": group.minutes, "sessions": group.sessions}
        other = {"total_minutes": group.total_minutes, "lengths": group.lengths}
        if any(one.values()) and any(other.values()):
            named = next(name for name, value in other.items() if value)
            beside = " and ".join(name for name, value in one.items() if value)
            rule = f"stands beside {beside}; what a group is owed is said in one of these ways."
            yield sheets.fault(group, named, rule, f"Clear it, or clear {beside}.")
            continue
        way = other if any(other.values()) else one
        for name, value in way.items():
            if not value and name not in told:
                # Where no row at all has it, the column is missing: that is said once.
                if not any(getattr(row, name) for row in sheets.of(Group)):
                    told.add(name)
                fix = "Write minutes and sessions, or total_minutes and lengths."
                yield sheets.fault(group, name, "is required and is blank.", fix)


def find_totals_that_no_sessions_come_to(sheets: Sheets) -> Iterator[Fault]:
    """Total minutes that no number of sessions of a group's lengths comes to, or none that there
    are days for, or so many that they are worth giving.
    """
    days = len(sheets.reading.cycle) if sheets.cycle_known else None
    for group in sheets.of(Group):
        if not group.lengths or not group.total_minutes or group.minutes or group.sessions:
            continue
        numbers = numbers_that_sum(group.lengths, group.total_minutes)
        lengths = write_lengths(group.lengths)
        if not numbers:
            near = [n for n in _sums_beside(group.lengths, group.total_minutes) if n]
            fix = f"Write {' or '.join(map(str, near))}, or other lengths."
            rule = f"is no sum of sessions of {lengths} minutes."
            yield sheets.fault(group, "total_minutes", rule, fix)
        elif days is not None and numbers[0] > days * group.times_a_day:
            rule = (
                f"takes {numbers[0]} sessions of {lengths} minutes at least, more than the cycle's "
                f"{days} days"
                + (f" with {group.times_a_day} a day." if group.times_a_day > 1 else ".")
            )
            fix = "Write longer lengths, or how many sessions a day may have (times_a_day)."
            yield sheets.fault(group, "total_minutes", rule, fix)
        elif group.min_sessions and group.min_sessions > max(
            number for number in numbers if days is None or number <= days * group.times_a_day
        ):
            rule = (
                f"is more than the sessions of {lengths} minutes that {group.total_minutes} make."
            )
            yield sheets.fault(group, "min_sessions", rule)


def _sums_beside(lengths: tuple[int, ...], total: int) -> tuple[int, int]:
    """The next sums of some lengths below and above a total that is none."""
    below = next(n for n in range(total, -1, -1) if numbers_that_sum(lengths, n))
    above = next(n for n in range(total, total + lengths[0] + 1) if numbers_that_sum(lengths, n))
    return below, above


def find_more_sessions_than_days(sheets: Sheets) -> Iterator[Fault]:
    """More sessions a cycle than it has days: the sessions of a service are on different days.

    Those of a quarter, month or year are counted as a plan reserves them: so many in each cycle.
    """
    days, district = len(sheets.reading.cycle), sheets.district
    if not sheets.cycle_known or district is None or district.year_end < district.year_start:
        return
    calendar = Calendar(district)
    rows: list[Group | Duty] = [*sheets.of(Group), *sheets.of(Duty)]
    for row in rows:
        if row.sessions is None:
            continue
        times, per = row.sessions
        cycles = 1 if per == "cycle" else calendar.cycles_in(per)
        often = row.times_a_day if isinstance(row, Group) else 1
        if ceil(times / cycles) > days * often:
            many = (
                f"is more than the cycle's {days} days"
                if per == "cycle"
                else f"is {ceil(times / cycles)} in a cycle of {days} days"
            )
            rule = f"{many}; the sessions of one service are on different days."
            if often > 1:
                rule = f"{many} with {often} sessions a day."
            yield sheets.fault(
                row, "sessions", rule, _fewer_sessions(row, row.sessions, cycles, days)
            )


def _fewer_sessions(row: Group | Duty, wanted: Frequency, cycles: int, days: int) -> str:
    """How to mend more sessions than days: where they are minutes, the sessions that these come
    to.
    """
    times, per = wanted
    meant, rest = divmod(times, row.minutes or times)
    if row.minutes and meant and not rest and ceil(meant / cycles) <= days:
        return f"Did you mean {meant if per == 'cycle' else f'{meant}/{per}'} ({times} minutes)?"
    more = ", or write how many a day may have (times_a_day)" if isinstance(row, Group) else ""
    return f"Split it into two rows{more}."


def find_windows_shorter_than_a_session(sheets: Sheets) -> Iterator[Fault]:
    """Windows of a row's own, none of which holds one session of it: one of the two is a slip of
    the pen.

    That no block of the school's day is long enough is no fault: it may be so, and the plan that
    leaves the group out says it.
    """
    rows: list[Group | Duty] = [*sheets.of(Group), *sheets.of(Duty)]
    for row in rows:
        lengths = row.lengths if isinstance(row, Group) else ()
        needed = min(lengths, default=row.minutes or 0)
        longest = max((window.end - window.start for window in row.windows), default=needed)
        if longest < needed:
            rule = f"holds {longest} minutes at most; a session takes {needed}."
            yield sheets.fault(row, "windows", rule, "Write longer windows, or shorter minutes.")


def find_teachers_of_other_classes(sheets: Sheets) -> Iterator[Fault]:
    """A teacher named for a group that is in nobody's class, or at another school."""
    teachers = sheets.by_id(Teacher)
    for row in sheets.of(Group):
        teacher = teachers.get(row.teacher)
        if row.teacher and row.mode in PULLED_OUT:
            rule = f"a group in mode {row.mode} is in nobody's class."
            yield sheets.fault(row, "teacher", rule, "Leave it blank, or write another mode.")
        elif teacher is not None and teacher.school != row.school:
            rule = f"teaches at {teacher.school}; the group is at {row.school}."
            yield sheets.fault(row, "teacher", rule, "Name a teacher of the group's school.")


def find_more_adults_than_may_serve(sheets: Sheets) -> Iterator[Fault]:
    """A group that needs more adults at once than its row names."""
    for row in sheets.of(Group):
        if row.staff and len(set(row.staff)) < row.adults:
            rule = f"are {row.adults} at once; only {len(set(row.staff))} may serve it (staff)."
            yield sheets.fault(row, "adults", rule, "Write fewer, or name more people in 'staff'.")


def find_duties_without_adults(sheets: Sheets) -> Iterator[Fault]:
    """A duty that nobody does."""
    for duty in sheets.of(Duty):
        if duty.adults == 0 and not duty.with_:
            yield sheets.fault(
                duty,
                "adults",
                "nobody does this duty.",
                "Write at least 1, or name people in 'with'.",
            )


def find_circular_order_of_duties(sheets: Sheets) -> Iterator[Fault]:
    """A duty that comes, by way of others, after itself. Named once a circle, at its first row."""
    after = {duty.duty: duty.after for duty in sheets.of(Duty) if duty.after}
    told: set[str] = set()
    for duty in sheets.of(Duty):
        chain = [duty.duty]
        while (before := after.get(chain[-1], "")) and before not in chain:
            chain.append(before)
        if before == duty.duty and duty.duty not in told:
            told |= set(chain)
            order = " after ".join([*chain, duty.duty])
            yield sheets.fault(
                duty, "after", f"goes round in a circle: {order}.", "Leave one of them blank."
            )
