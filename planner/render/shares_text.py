"""What funds pay of something, as a cell of a file holds it: in the form of the dataset's sheets,
so that it can be taken over from one to the other.
"""

from collections.abc import Sequence
from typing import get_args

from planner.facts.cell_formats import CellType, Share, Shares
from planner.facts.cell_type import Reading

_FORM: CellType = get_args(Shares)[1]


def shares_text(shares: Sequence[Share]) -> str:
    """`t1-elm:60;general:40`; of allowances `coach@t1-elm:100`. The form does not hang on the
    district's way of reading.
    """
    return str(_FORM.write(shares, Reading()))
