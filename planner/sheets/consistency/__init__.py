"""Whether the sheets agree with one another: one `find_*` for each way in which they may not.

A fault is what cannot be understood; what is understood and breaks a rule is a warning
(`broken_rules`, where the line between the two is drawn).
"""

from collections.abc import Callable, Iterator, Mapping

from planner.facts.cell_formats import Reading
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.sheets.consistency import (
    assigned,
    calendar_rows,
    decisions,
    district,
    expenditures,
    money,
    order,
    preferences,
    prices,
    references,
    school_day,
    services,
    working_time,
)
from planner.sheets.consistency.sheets import Sheets
from planner.sheets.sheet_reading import SheetRead
from planner.words.errors import Fault

FINDERS: tuple[Callable[[Sheets], Iterator[Fault]], ...] = (
    references.find_unknown_references,
    references.find_unknown_roles_of_percentages,
    references.find_unknown_pay_schedules,
    order.find_dates_in_wrong_order,
    order.find_clock_times_in_wrong_order,
    district.find_newer_schema_version,
    district.find_plan_date_outside_year,
    district.find_minimum_days_without_a_close,
    calendar_rows.find_rotations_that_do_not_fit,
    calendar_rows.find_cycle_days_of_dates_that_do_not_fit,
    calendar_rows.find_cycle_days_without_a_date,
    school_day.find_two_openings_on_one_day,
    school_day.find_overlapping_blocks,
    school_day.find_travel_to_itself,
    working_time.find_lunch_windows_too_short,
    working_time.find_two_shifts_on_one_day,
    working_time.find_shifts_on_days_off,
    working_time.find_shifts_on_too_many_days,
    working_time.find_people_without_a_start,
    working_time.find_shifts_that_differ_from_the_contract,
    working_time.find_shifts_beyond_midnight,
    working_time.find_people_who_supervise_themselves,
    services.find_ids_of_both_a_group_and_a_duty,
    services.find_groups_without_students,
    services.find_both_or_neither_of_sessions_and_total_minutes,
    services.find_totals_that_no_sessions_come_to,
    services.find_fewest_sessions_above_sessions,
    services.find_more_sessions_than_days,
    services.find_windows_shorter_than_a_session,
    services.find_teachers_of_other_classes,
    services.find_more_adults_than_may_serve,
    services.find_duties_without_adults,
    services.find_circular_order_of_duties,
    money.find_funds_named_twice,
    money.find_allowances_in_funding,
    money.find_allowance_funding_that_does_not_fit,
    money.find_filled_positions_without_staff,
    money.find_smallest_fte_above_largest,
    assigned.find_assignments_outside_their_position,
    assigned.find_assignments_of_positions_that_are_not_filled,
    assigned.find_holders_whom_no_assignment_names,
    assigned.find_assignments_with_two_sizes,
    assigned.find_funding_of_assignments_that_cannot_be_read,
    expenditures.find_expenditures_without_an_amount,
    expenditures.find_percentages_that_are_not_indirect,
    expenditures.find_accounts_of_nothing,
    expenditures.find_segments_of_no_account,
    decisions.find_pins_that_miss_a_value,
    decisions.find_position_pins_without_an_fte,
    decisions.find_pins_on_the_wrong_kind_of_subject,
    decisions.find_unknown_rules,
    decisions.find_unknown_scopes,
    decisions.find_parameters_that_do_not_fit,
    preferences.find_preferences_of_nobody,
    preferences.find_preferences_that_say_nothing,
)

PRICED: tuple[Callable[[Sheets, Problem], Iterator[Fault]], ...] = (prices.find_steps_without_pay,)
"""What only a dataset without other faults is asked."""


def find_inconsistencies(
    read: Mapping[str, SheetRead], reading: Reading, *, cycle_known: bool = True
) -> Iterator[Fault]:
    """Every fault between the sheets, as far as these could be read."""
    sheets = Sheets(read, reading, cycle_known=cycle_known)
    for find in FINDERS:
        yield from find(sheets)


def find_mispriced(read: Mapping[str, SheetRead], data: Dataset) -> Iterator[Fault]:
    """Every fault in what positions cost, in a dataset that has no other; its rows are those that
    were read.
    """
    if data.pay:
        sheets, problem = Sheets(read, data.reading), Problem(data)
        for find in PRICED:
            yield from find(sheets, problem)


def find_overdrawn(read: Mapping[str, SheetRead], data: Dataset) -> Iterator[Fault]:
    """The funds that cannot pay for their filled positions, as warnings: the dataset is understood,
    and a rule is broken.
    """
    if data.pay:
        yield from prices.find_overdrawn_funds(Sheets(read, data.reading), Problem(data))
