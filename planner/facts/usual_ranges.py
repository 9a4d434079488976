"""The plausible ranges of measured columns, each with its reason: what the unit can hold at all.

They say in which unit a number must have been written, and nothing of how a district works: the
bounds lie well outside of what any is known to do.
"""

from decimal import Decimal

from planner.facts.plausible import (
    A_MONTH_S,
    CENTS,
    HOURS,
    IN_HOURS,
    METRES,
    MINUTES_A_WEEK,
    MINUTES_OF_HOURS,
    SECONDS,
    SHARE_OF_ONE,
    THOUSANDS,
    TWICE_DIVIDED,
    WEEKS,
    PlausibleBy,
    Slip,
    Unbounded,
    between,
    hours_between,
)

_HOURS_AT_FULL_TIME = Decimal(1500)
AN_HOUR_S = Slip("Is it an hour's?", _HOURS_AT_FULL_TIME, is_exact=False)
A_YEAR_S_BY_THE_HOUR = Slip("Is it a year's?", 1 / _HOURS_AT_FULL_TIME, is_exact=False)
A_YEAR_S_BY_THE_MONTH = Slip("Is it a year's?", 1 / A_MONTH_S.times, is_exact=False)

# -- time ------------------------------------------------------------------------------------------

DUTY_OF_A_DAY = between(
    60, 900, "a day of full duty has between 1 and 15 hours", HOURS, MINUTES_A_WEEK
)
DAYS_OF_A_YEAR = between(
    60, 366, "a year's work at full time is no shorter than a term of 60 days", WEEKS
)
LEAVE_OF_A_YEAR = between(
    1, 80, "nobody has more than 16 weeks of paid leave", IN_HOURS, has_zero=True
)
BANK_HOLIDAYS = between(1, 30, "no country has more than 30", IN_HOURS, has_zero=True)
LUNCH = between(10, 180, "a lunch has between 10 minutes and 3 hours", HOURS, has_zero=True)
SHIFT_WITH_LUNCH = between(
    60, 900, "a shift that has a lunch lasts between 1 and 15 hours", HOURS, has_zero=True
)
PREPARATION = between(
    5, 360, "preparation takes between 5 minutes and 6 hours a day", HOURS, MINUTES_A_WEEK,
    has_zero=True,
)  # fmt: skip
CONTACT = between(
    15, 720, "contact is at least one short group and at most 12 hours a day", HOURS,
    MINUTES_A_WEEK, has_zero=True,
)  # fmt: skip
CONTACT_WEEK = between(
    15, 3600, "contact is at least one short group and at most 60 hours a week", HOURS,
    has_zero=True,
)  # fmt: skip
STRETCH = between(15, 600, "a stretch holds one short group at least, and 10 hours at most", HOURS)
PAUSE = between(2, 180, "a pause has between 2 minutes and 3 hours", HOURS)
SESSION = between(5, 300, "a session has between 5 minutes and 5 hours", HOURS)
CYCLE_MINUTES = between(10, 6000, "what is owed a cycle is between 10 minutes and 100 hours", HOURS)
DUTY = between(5, 480, "a duty takes between 5 minutes and 8 hours", HOURS)
WEEK = between(
    90, 4200, "a week has at most 70 hours, and no contract fewer than one and a half", HOURS
)
WAY = between(
    1, 240, "a way that is travelled in a working day takes 4 hours at most", SECONDS,
    has_zero=True,
)  # fmt: skip
TRAINING_HOURS = between(
    "0.25", 300, "a training takes between a quarter of an hour and 300 hours", MINUTES_OF_HOURS
)
TIME_OFF = between(
    5, 30_000, "time off in lieu of a year is between 5 minutes and 500 hours", HOURS,
    has_zero=True,
)  # fmt: skip
HOURS_OF_A_YEAR = between(
    60, 3000, "a limit of a year lies between 60 and 3,000 hours",
    Slip("Are these hours a week?", is_exact=False), has_zero=True,
)  # fmt: skip

# -- clock times -----------------------------------------------------------------------------------

OPENING = hours_between("05:00", "12:00", "schools open in the morning")
CLOSING = hours_between("11:00", "24:00", "schools close after 11:00")
SHIFT_STARTS = hours_between("05:00", "18:00", "shifts start between 05:00 and 18:00")
SHIFT_ENDS = hours_between("08:00", "24:00", "shifts end after 08:00")
LUNCH_TIME = hours_between("08:30", "17:00", "lunch is between 08:30 and 17:00")
TRAINING_TIME = hours_between("06:00", "23:00", "trainings are held between 06:00 and 23:00")
SESSION_TIME = hours_between("05:00", "22:00", "sessions are between 05:00 and 22:00")
DUTY_TIME = hours_between("05:00", "24:00", "duties are not at night")
HOURS_OF_SCHOOL = hours_between("05:00", "24:00", "schools are not open at night")

# -- shares ----------------------------------------------------------------------------------------

FTE = between("0.03", 1, "three hundredths of full time are an hour a week", TWICE_DIVIDED)
FTE_OR_NONE = between(
    "0.03", 1, "three hundredths of full time are an hour a week", TWICE_DIVIDED, has_zero=True
)
FTE_STEP = between("0.005", 1, "a smaller step is a few minutes a week", TWICE_DIVIDED)
RATE = between(
    "0.1", 60, "a cost beside pay is between a thousandth and 60 % of it", SHARE_OF_ONE,
    has_zero=True,
)  # fmt: skip
HELD_BACK = between(
    "0.1", 50, "nobody holds back less than a thousandth, or more than half", SHARE_OF_ONE,
    has_zero=True,
)  # fmt: skip
CARRIED_OVER = between(
    1, 100, "what may be carried over is at least 1 %", SHARE_OF_ONE, has_zero=True
)
FOR_PARENTS = between(
    "0.1", 50, "a share for parents is between a thousandth and half", SHARE_OF_ONE, has_zero=True
)
PART_OF_A_POSITION = between(
    1, 100, "a program pays at least 1 % of a position", SHARE_OF_ONE, has_zero=True
)

# -- money -----------------------------------------------------------------------------------------

PAY = PlausibleBy(
    "unit",
    {
        "year": between(
            3000, 900_000, "a year's pay is between 3,000 and 900,000",
            AN_HOUR_S, A_MONTH_S, THOUSANDS,
            has_zero=True,
        ),
        "hour": between(
            2, 900, "an hour's pay is between 2 and 900",
            CENTS, A_YEAR_S_BY_THE_HOUR,
            has_zero=True,
        ),
    },
)  # fmt: skip
ALLOWANCE = PlausibleBy(
    "unit",
    {
        "year": between(
            5, 200_000, "an allowance of a year is between 5 and 200,000", has_zero=True
        ),
        "period": between(
            1, 20_000, "an allowance of a pay period is between 1 and 20,000", has_zero=True
        ),
        "hour": between(
            "0.05", 200, "an allowance of an hour is between 0.05 and 200", CENTS, has_zero=True
        ),
        "percent": between(
            "0.1", 100, "an allowance is between a thousandth of pay and all of it", SHARE_OF_ONE,
            has_zero=True,
        ),
    },
)  # fmt: skip
FLAT_COST = PlausibleBy(
    "unit",
    {
        "year": between(
            1, 90_000, "a flat cost of a year is between 1 and 90,000", CENTS, has_zero=True
        ),
        "month": between(
            1, 7_500, "a flat cost of a month is between 1 and 7,500",
            A_YEAR_S_BY_THE_MONTH, CENTS,
            has_zero=True,
        ),
    },
)  # fmt: skip
THRESHOLD = PlausibleBy(
    "threshold_unit",
    {
        "year": between(
            100, 900_000, "a threshold of a year's pay is between 100 and 900,000", THOUSANDS,
            has_zero=True,
        ),
        "month": between(
            10, 75_000, "a threshold of a month's pay is between 10 and 75,000",
            A_YEAR_S_BY_THE_MONTH, THOUSANDS,
            has_zero=True,
        ),
    },
)  # fmt: skip
CAP = between(
    1000, 5_000_000, "a cap of a year's pay is between 1,000 and 5,000,000", A_MONTH_S, THOUSANDS,
    has_zero=True,
)  # fmt: skip
ALLOCATION = between(
    100, 2_000_000_000, "less than 100 pays nobody for a day", THOUSANDS, has_zero=True
)

EXPENDITURE = between(1, 500_000_000, "no expenditure is smaller than 1", THOUSANDS, has_zero=True)
EXPENDED_HOURS = between("0.25", 500_000, "nothing is planned for less than a quarter of an hour")
EXPENDED_RATE = between(5, 500, "an hour costs between 5 and 500", CENTS, A_YEAR_S_BY_THE_HOUR)
INDIRECT_RATE = between(
    "0.1", 60, "an indirect cost is between a thousandth and 60 %", SHARE_OF_ONE
)

# -- counts and distances --------------------------------------------------------------------------

GROUP_SIZE = between(1, 300, "a group is no larger than a year group", has_zero=True)
PAY_PERIODS = between(1, 53, "a year has 53 weeks at most")
DISTANCE = between(
    "0.01", 500, "a way that is travelled in a working day is 500 at most, in miles or km", METRES,
    has_zero=True,
)  # fmt: skip
SEATS = between(1, 5000, "no training seats more than 5,000", has_zero=True)
ADULTS = between(1, 500, "no duty takes more than 500 people at once", has_zero=True)
SUPERVISED = between(1, 200, "nobody supervises more than 200 people")
ROOMS = between(1, 500, "no school has more than 500 rooms", has_zero=True)
PLACES = between(1, 500, "nobody works at more than 500 schools")

# -- measured, and yet without a range -------------------------------------------------------------

NO_UNIT = Unbounded("it is a rank or a weight, without a unit")
EVERY_VALUE = Unbounded("every value that is allowed is used somewhere")
CYCLE_BOUND = Unbounded("the days of the cycle are its bound")
ANY_HOUR = Unbounded("people may be busy at any hour")
CALENDAR_BOUND = Unbounded("it is compared with the schools' own hours")
PLANNED_BOUND = Unbounded("it is compared with what a plan follows")
