"""The rows of an answer as data frames, for analysts and notebooks.

pandas is imported when a frame is first asked for: nothing else in the planner needs it, and it
takes a second to load.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

Frame = pd.DataFrame
Frames = dict[str, Frame]

TEXT, WHOLE, MAYBE_WHOLE = "string", "int64", "Int64"
LIST, NUMBER, MAYBE_NUMBER, TRUTH = "object", "float64", "Float64", "bool"
DAY = "datetime64[ns]"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "sessions": {
        "service": TEXT,
        "kind": TEXT,
        "school": TEXT,
        "staff": LIST,
        "day": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "minutes": WHOLE,
        "place": TEXT,
        "dates": LIST,
    },
    "placements": {
        "staff": TEXT,
        "position": TEXT,
        "day": TEXT,
        "half": TEXT,
        "school": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "lunch_start": MAYBE_WHOLE,
        "lunch_end": MAYBE_WHOLE,
        "preparation": LIST,
    },
    "training": {
        "staff": TEXT,
        "training": TEXT,
        "date": DAY,
        "start": WHOLE,
        "end": WHOLE,
    },
    "positions": {
        "position": TEXT,
        "role": TEXT,
        "school": LIST,
        "staff": TEXT,
        "fte": NUMBER,
        "lane": TEXT,
        "step": TEXT,
        "funding": LIST,
        "allowances": LIST,
        "allowance_funding": LIST,
    },
    "goals": {
        "goal": TEXT,
        "value": WHOLE,
        "bound": MAYBE_WHOLE,
        "gap": MAYBE_NUMBER,
        "proved": TRUTH,
    },
    "unserved": {
        "service": TEXT,
        "sessions_owed": WHOLE,
        "sessions_given": WHOLE,
        "rule": TEXT,
        "reason": TEXT,
    },
    "findings": {
        "rule": TEXT,
        "severity": TEXT,
        "subject": TEXT,
        "amount": WHOLE,
        "unit": TEXT,
        "message": TEXT,
    },
}
"""The columns of each frame and their types: attributes of the rows, under the same names. Times
are minutes after midnight; a list is a tuple, of which `explode` makes rows; an `fte` is a share of
full time.
"""


def frames_of(rows: Mapping[str, Iterable[object]]) -> Frames:
    """Make a frame of the rows under each name of `COLUMNS`, in their order.

    Args:
        rows: By name of a frame, the rows whose attributes are its columns.

    Returns:
        A frame for each name; one without rows has its columns all the same.
    """
    return {name: _frame(each, COLUMNS[name]) for name, each in rows.items()}


def frame_of(columns: Mapping[str, tuple[str, Iterable[object]]]) -> Frame:
    """Make one frame of columns, each with its type and its values from top to bottom."""
    return Frame(
        {name: pd.Series([*values], dtype=dtype) for name, (dtype, values) in columns.items()}
    )


def _frame(rows: Iterable[object], columns: Mapping[str, str]) -> Frame:
    here = list(rows)
    # Column by column: a frame made of rows would guess each type from what happens to stand there.
    return frame_of(
        {name: (dtype, [getattr(row, name) for row in here]) for name, dtype in columns.items()}
    )
