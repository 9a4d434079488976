"""What is allowed in a dataset and yet hardly meant, as somebody may be told it."""

from planner.access.dataset_view import tables_for
from planner.access.viewer import User
from planner.facts.sheets import Dataset
from planner.sheets.dataset import tables_of
from planner.sheets.dataset_warnings import hardly_said
from planner.sheets.validation import remarks, validated
from planner.words.errors import Fault


def remarks_for(viewer: User, data: Dataset) -> tuple[Fault, ...]:
    """The warnings of `planner validate`, in the order of sheets and rows.

    Who does not see every cell is told of those rows alone that they see as they are: who may
    serve a group, and what a position costs, is worked out from what they must not read.
    """
    whole, shown = tables_of(data), tables_for(viewer, data)
    if [*whole] == [*shown] and all(whole[name].rows == shown[name].rows for name in whole):
        problem, overdrawn = validated(whole, data.district.name)
        found = remarks(problem, whole, overdrawn)
        return tuple(fault for fault in found if fault.kind == "warning")
    return tuple(hardly_said(shown, data.reading))
