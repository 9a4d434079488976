"""What the parts of a plan's document are made of: frozen models whose every value says what it
means and who may see it.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from planner.facts.who import EVERYBODY, Level, Who

LARGEST = 10**12
"""No figure of a district is larger; what is, would only make later sums and columns burst."""
PLACES = 20
DECIMALS = 6
"""To how many places shares and FTE are rounded that a plan's file holds as numbers."""
AMOUNT = r"^-?\d+(\.\d+)?$"

Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Exact = Annotated[
    Decimal,
    Field(ge=-LARGEST, le=LARGEST, decimal_places=PLACES),
    WithJsonSchema({"type": "string", "pattern": AMOUNT}),
]
"""Money, percentages and FTE of a position: written as text, so that nothing is lost of them."""
Rounded = Annotated[
    Decimal,
    Field(ge=-LARGEST, le=LARGEST, decimal_places=PLACES),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""Shares and averages, rounded already: written as numbers."""


@dataclass(frozen=True)
class SeenBy:
    """Who may see a value of a plan's document, and what it means.

    It is the field's metadata and stands in the JSON Schema, so that there is no second list of
    keys that could fall behind.
    """

    who: Who
    meaning: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The value's own schema, with its meaning and who sees it."""
        who = {role: level.name.lower() for role, level in self.who.items() if level > Level.NOT}
        return {**handler(schema), "description": self.meaning, "x-seen-by": who}


class PlanPart(BaseModel):
    """A part of a plan's document.

    What somebody may not see is not set, and what is not set is not written: a hidden amount is no
    key, where one that is not known is null. A key that is not known here is passed over, for it
    may be of a newer planner.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    def as_data(self) -> dict[str, Any]:
        """The part as its file holds it."""
        return self.model_dump(mode="json", exclude_unset=True)


class Owed(PlanPart):
    """What is owed and what is delivered of it."""

    owed: Annotated[Whole, SeenBy(EVERYBODY, "What is owed a cycle.")] = 0
    delivered: Annotated[Whole, SeenBy(EVERYBODY, "What the plan gives of it.")] = 0

    @property
    def share(self) -> Decimal | None:
        """Delivered of owed, to six places; None where nothing is owed."""
        return round(Decimal(self.delivered) / self.owed, DECIMALS) if self.owed else None


def exactly(number: float | Fraction | Decimal) -> Decimal:
    """The decimal that is written like the number; not its binary neighbor, whose fifty places
    would be written out.
    """
    return Decimal(repr(float(number)))
