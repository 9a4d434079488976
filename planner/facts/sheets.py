"""The sheets of the data contract, in its order, and the dataset that they make up."""

from pydantic import BaseModel, ConfigDict

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import Reading
from planner.facts.decisions import Pin, RuleRow
from planner.facts.district import CalendarDay, District
from planner.facts.expenditures import AccountSegment, Expenditure
from planner.facts.funds import Fund, Position, Program
from planner.facts.group_rows import Duty, Group, Member
from planner.facts.preferences import Preference
from planner.facts.roles import Allowance, Oncost, Pay, Role
from planner.facts.row import SheetRow
from planner.facts.schools import Block, School, Teacher, Travel
from planner.facts.staff_rows import Offering, Staff, Training

SHEETS: dict[str, type[SheetRow]] = {
    "district": District,
    "calendar": CalendarDay,
    "roles": Role,
    "pay": Pay,
    "allowances": Allowance,
    "oncosts": Oncost,
    "programs": Program,
    "funds": Fund,
    "schools": School,
    "blocks": Block,
    "travel": Travel,
    "staff": Staff,
    "positions": Position,
    "assignments": Assignment,
    "expenditures": Expenditure,
    "accounts": AccountSegment,
    "groups": Group,
    "members": Member,
    "teachers": Teacher,
    "duties": Duty,
    "training": Training,
    "offerings": Offering,
    "preferences": Preference,
    "pins": Pin,
    "rules": RuleRow,
}
ALWAYS_NEEDED = ("district", "roles", "schools")


class Dataset(BaseModel):
    """Everything that a workbook or a folder of sheets says, row by row, typed."""

    model_config = ConfigDict(frozen=True)

    district: District
    calendar: tuple[CalendarDay, ...] = ()
    roles: tuple[Role, ...] = ()
    pay: tuple[Pay, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    oncosts: tuple[Oncost, ...] = ()
    programs: tuple[Program, ...] = ()
    funds: tuple[Fund, ...] = ()
    schools: tuple[School, ...] = ()
    blocks: tuple[Block, ...] = ()
    travel: tuple[Travel, ...] = ()
    staff: tuple[Staff, ...] = ()
    positions: tuple[Position, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    expenditures: tuple[Expenditure, ...] = ()
    accounts: tuple[AccountSegment, ...] = ()
    groups: tuple[Group, ...] = ()
    members: tuple[Member, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    duties: tuple[Duty, ...] = ()
    training: tuple[Training, ...] = ()
    offerings: tuple[Offering, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    rules: tuple[RuleRow, ...] = ()

    def rows(self, sheet: str) -> tuple[SheetRow, ...]:
        """The rows of one sheet; the district's one row as a tuple of one."""
        found = getattr(self, sheet)
        return (found,) if sheet == "district" else found

    @property
    def reading(self) -> Reading:
        """What the meaning of this dataset's cells depends on."""
        return Reading(self.district.cycle, self.district.grades)


def heading(field: str) -> str:
    """The column's name in the sheet: fields that Python reserves carry an underscore (`from_`,
    `with_`).
    """
    return field.rstrip("_")
