"""The sheets of the data contract, in its order, and the dataset that they make up."""

from pydantic import BaseModel, ConfigDict

from planner.problem.cells import Reading
from planner.problem.decisions import Pin, RuleRow
from planner.problem.district import CalendarDay, District
from planner.problem.funds import Fund, Position, Program
from planner.problem.roles import Allowance, Oncost, Pay, Role
from planner.problem.row import Row
from planner.problem.schools import Block, School, Teacher, Travel
from planner.problem.services import Duty, Group, Member
from planner.problem.staff import Offering, Staff, Training

SHEETS: dict[str, type[Row]] = {
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
    "groups": Group,
    "members": Member,
    "teachers": Teacher,
    "duties": Duty,
    "training": Training,
    "offerings": Offering,
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
    groups: tuple[Group, ...] = ()
    members: tuple[Member, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    duties: tuple[Duty, ...] = ()
    training: tuple[Training, ...] = ()
    offerings: tuple[Offering, ...] = ()
    pins: tuple[Pin, ...] = ()
    rules: tuple[RuleRow, ...] = ()

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of one sheet; the district's one row as a tuple of one."""
        found = getattr(self, sheet)
        return (found,) if sheet == "district" else found

    @property
    def reading(self) -> Reading:
        """What the meaning of this dataset's cells depends on."""
        return Reading(self.district.cycle, self.district.grades)


def heading(field: str) -> str:
    """The column's name in the sheet: fields that Python reserves carry an underscore (`from_`, `with_`)."""
    return field.rstrip("_")
