"""A first mapping, proposed from the headings of an export, for the planner to look through."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

import yaml

from planner.facts.cell_formats import Reading, nearest
from planner.facts.row import ColumnSpec
from planner.sheets.importing.cell_forms import LISTS, iso_date
from planner.sheets.importing.mapping import SheetMapping
from planner.sheets.importing.patterns import UNTRANSLATED
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, folded, must_be_filled

DATE_FORMS = (
    "MM/DD/YYYY",
    "DD/MM/YYYY",
    "DD.MM.YYYY",
    "MM/DD/YY",
    "YYYY/MM/DD",
    "MM-DD-YYYY",
    "DD-MMM-YYYY",
    "D MMM YYYY",
)
MOST_CODES = 60
"""Different words of a column beyond which they are hardly codes."""

NEAR = 0.75
PLACES = ("location", "site", "site code", "building", "building code", "campus")
ALSO_CALLED = {
    "staff": (
        "emp",
        "employee",
        "employee id",
        "employee number",
        "emp id",
        "empl id",
        "person id",
        "staff id",
    ),
    "role": ("title", "job title", "job class", "job code", "position title", "classification"),
    "fte": ("full time equivalent", "fte %", "work pct", "percent of full time"),
    "week_minutes": (
        "hours per week",
        "weekly hours",
        "hrs per wk",
        "hrs/wk",
        "sched hrs/wk",
        "scheduled hours",
        "std hours",
    ),
    "school": ("school id", "school code", *PLACES),
    "schools": ("school id", "school code", *PLACES),
    "student": ("student id", "student number", "sis id", "pupil id", "upn", "local id"),
    "group": (
        "section",
        "section id",
        "group id",
        "group name",
        "course section",
        "intervention group",
    ),
    "teacher": ("teacher id", "teacher number"),
    "grades": ("grade", "grade level", "year group"),
    "home_school": ("home location", *PLACES),
    "credentials": (
        "certs",
        "cert codes",
        "certifications",
        "certificates",
        "credential codes",
        "licenses",
        "endorsements",
    ),
    "hire_date": (
        "date of hire",
        "hired",
        "original hire date",
        "orig hire dt",
        "start date",
        "employment start",
    ),
    "end_date": ("termination date", "term dt", "employment end"),
    "name": ("school name", "site name"),
    "step": ("pay step",),
    "lane": ("pay lane", "column"),
    "minutes": ("session length", "minutes per session", "duration"),
    "sessions": ("sessions per week", "frequency", "times per week"),
    "tier": ("mtss tier", "rti tier"),
    "subject": ("subject area", "content area"),
}
"""What other systems call our columns; proposed, never taken without a mapping."""
SHARED = (("schools", "home_school"), ("home_school", "schools"))
"""Columns that the same heading of theirs may fill, if no other one is left for the first."""
_HOURS = re.compile(r"(?<![a-z])(h|hrs?|hours?)(?![a-z])")
HOUR = Decimal(60)


@dataclass(frozen=True)
class MappingProposal:
    """A proposed mapping, the columns in it that are guesses, and the headings that it leaves
    aside.
    """

    mapping: SheetMapping
    guessed: frozenset[str] = frozenset()
    unused: tuple[str, ...] = field(default=())


def same_headings(sheet: str, table: RawSheet) -> SheetMapping:
    """The mapping of the headings that are our own, whatever their case, spaces and underscores."""
    by_fold = {_bare(heading): heading for heading in reversed(table.headings)}
    return SheetMapping(
        sheet,
        {
            name: by_fold[_bare(name)]
            for name in columns_by_heading(sheet)
            if _bare(name) in by_fold
        },
    )


def propose(
    sheet: str, table: RawSheet, reading: Reading, ids: Mapping[str, Iterable[str]]
) -> MappingProposal:
    """A mapping with everything that can be guessed from headings and values; `ids` are those of
    the dataset, by sheet.
    """
    columns = dict(same_headings(sheet, table).columns)
    guessed = _near_headings(sheet, table, columns)
    columns |= guessed
    ordered = {name: columns[name] for name in columns_by_heading(sheet) if name in columns}
    known = {
        name: column for name, (_, column) in columns_by_heading(sheet).items() if name in ordered
    }
    separator = _separator(
        value for name, column in known.items() for value in _lists_in(column, table, ordered[name])
    )
    codes = {
        name: _codes(column, table, ordered[name], separator, reading, ids)
        for name, column in known.items()
    }
    mapping = SheetMapping(
        sheet,
        ordered,
        codes={name: found for name, found in codes.items() if found},
        dates=_date_form(
            value
            for name, column in known.items()
            for value in _dates_in(column, table, ordered[name])
        ),
        list_separator=separator,
        factors={
            name: HOUR for name, column in known.items() if _is_in_hours(column, ordered[name])
        },
        heading_row=table.heading_row,
    )
    unused = tuple(heading for heading in table.headings if heading not in ordered.values())
    return MappingProposal(mapping, frozenset(guessed), unused)


def _bare(name: str) -> str:
    return folded(name).replace(" ", "").replace("_", "")


def _near_headings(sheet: str, table: RawSheet, taken: Mapping[str, str]) -> dict[str, str]:
    """For each column that is still without one, the nearest heading that no other column has."""
    free = [heading for heading in dict.fromkeys(table.headings) if heading not in taken.values()]
    scores = [
        (_likeness(name, heading), name, heading)
        for name in columns_by_heading(sheet)
        if name not in taken
        for heading in free
    ]
    found: dict[str, str] = {}
    for score, name, heading in sorted(scores, key=lambda scored: -scored[0]):
        if score >= NEAR and name not in found and heading not in found.values():
            found[name] = heading
    for name, other in SHARED:
        heading = found.get(other, "")
        if name not in {*taken, *found} and heading and _likeness(name, heading) == 1:
            found[name] = heading
    return found


def likeliest(name: str, headings: Iterable[str]) -> str:
    """The heading that is most likely a column of ours; nothing where none is likely."""
    score, heading = max(
        ((_likeness(name, heading), heading) for heading in headings), default=(0.0, "")
    )
    return heading if score >= NEAR else ""


def _likeness(name: str, heading: str) -> float:
    """From 0 to 1: how likely a heading is a column of ours."""
    if folded(heading).replace("_", " ") in ALSO_CALLED.get(name, ()):
        return 1.0
    return SequenceMatcher(
        None, re.sub(r"\W|_", "", name), re.sub(r"\W|_", "", folded(heading))
    ).ratio()


def _is_in_hours(column: ColumnSpec, heading: str) -> bool:
    """Whether a heading says that they count in hours what we count in minutes."""
    return column.unit.startswith("min") and bool(_HOURS.search(folded(heading)))


def _lists_in(column: ColumnSpec, table: RawSheet, heading: str) -> Iterator[str]:
    if column.cell.kind in LISTS:
        yield from (cells[heading] for _, cells in table.rows if heading in cells)


def _separator(values: Iterable[str]) -> str:
    """What stands between the parts of their lists: a comma, where there is one and never a
    semicolon.
    """
    texts = list(values)
    return (
        ","
        if any("," in text for text in texts) and not any(";" in text for text in texts)
        else ";"
    )


def _codes(
    column: ColumnSpec,
    table: RawSheet,
    heading: str,
    separator: str,
    reading: Reading,
    ids: Mapping[str, Iterable[str]],
) -> dict[str, str]:
    """Their words in a column of choices or of ids of another sheet, with ours where it is clear;
    none where all are ours.
    """
    known: list[str] = list(column.cell.choices)
    if column.cell.kind in ("id", "ids"):
        known = [word for sheet in column.refers_to for word in ids.get(sheet, ())]
    elif column.cell.kind == "grades":
        known = list(reading.grades)
    if not known or column.cell.kind == "yes/no":
        return {}
    cells = [cells[heading] for _, cells in table.rows if heading in cells]
    if column.cell.kind in LISTS:
        cells = [
            piece.strip() for cell in cells for piece in cell.split(separator) if piece.strip()
        ]
    words = list(dict.fromkeys(cells))
    if len(words) > MOST_CODES or all(word in known for word in words):
        return {}
    return {word: _ours(word, known) for word in sorted(words)}


def _ours(word: str, known: Iterable[str]) -> str:
    same = {_bare(other).replace("-", ""): other for other in known}
    near = nearest(word, same.values()).removeprefix("Did you mean '").removesuffix("'?")
    return same.get(_bare(word).replace("-", "")) or near or UNTRANSLATED


def _dates_in(column: ColumnSpec, table: RawSheet, heading: str) -> Iterator[str]:
    if column.cell.kind == "date":
        yield from (cells[heading] for _, cells in table.rows if heading in cells)


def _date_form(values: Iterable[str]) -> str:
    """The one form in which all dates can be read; none where several would do, for they would mean
    different days.
    """
    texts = list(dict.fromkeys(values))

    def fits(form: str) -> bool:
        try:
            return any(iso_date(text, form) != text[:10] for text in texts)
        except ValueError:
            return False

    fitting = [form for form in DATE_FORMS if fits(form)]
    return fitting[0] if len(fitting) == 1 else ""


def proposal_text(proposal: MappingProposal, export: str, command: str) -> str:
    """The mapping as a file that explains itself."""
    mapping = proposal.mapping
    lines = [
        f"# How {export} becomes the sheet {mapping.sheet}. Look it through, mend it, then:",
        f"# {command}",
        *_yaml({"sheet": mapping.sheet}),
        "",
        "# our column: their heading (planner schema SHEET explains our columns)",
        *_section("columns", mapping.columns, {name: "a guess" for name in proposal.guessed}),
    ]
    missing = [
        f"#  {name}: THEIR HEADING   # required: {column.meaning}"
        for name, (_, column) in columns_by_heading(mapping.sheet).items()
        if must_be_filled(mapping.sheet, name, mapping.columns)
    ]
    lines += missing
    if proposal.unused:
        lines.append(
            f"# not used: {', '.join(' '.join(heading.split()) for heading in proposal.unused)}"
        )
    if mapping.codes:
        lines += [
            "",
            "# their code: our word ('?' still needs one, '' leaves the cell blank, '*' is every "
            "other code)",
            "codes:",
        ]
        for name, codes in mapping.codes.items():
            lines += [f"  {line}" for line in _section(name, codes, {})]
    lines += [""]
    lines += (
        _yaml({"dates": mapping.dates})
        if mapping.dates
        else ["# dates: MM/DD/YYYY    # the form of their dates"]
    )
    if mapping.heading_row > 1:
        lines.append(f"heading_row: {mapping.heading_row}")
    if mapping.list_separator != ";":
        lines += _yaml({"list_separator": mapping.list_separator})
    if mapping.factors:
        lines += ["factors:   # numbers to be multiplied, hours to minutes"]
        lines += [f"  {name}: {factor:f}" for name, factor in mapping.factors.items()]
    said = {line.split(":")[0] for line in lines}
    return (
        "\n".join(
            [*lines, *(line for key, more in _MORE.items() if key not in said for line in more)]
        )
        + "\n"
    )


_MORE = {
    "constants": (
        "",
        "# constants:            # what they lack or leave blank",
        "#   days: Mon-Fri",
    ),
    "skip": (
        "# skip:                 # rows to leave out, by their headings; * stands for any text",
        "#   Status: [Inactive, 'Terminated*']",
    ),
    "only": (
        "# only:                 # rows to take, all others are left out",
        "#   Job Family: [Intervention]",
    ),
    "list_separator": ("# list_separator: ','   # between the parts of a list of theirs",),
    "decimal_comma": ("# decimal_comma: yes    # 0,875",),
    "factors": (
        "# factors:              # numbers to be multiplied, hours to minutes",
        "#   week_minutes: 60",
    ),
    "pseudonyms": (
        "# pseudonyms: [staff]   # further ids to replace by keys; students always are",
    ),
}
"""What else a mapping may hold, by key, shown where the proposal does not have it."""


def _section(name: str, pairs: Mapping[str, str], notes: Mapping[str, str]) -> list[str]:
    if not pairs:
        return [f"{name}: {{}}"]
    return [
        f"{name}:",
        *(
            f"  {line}" + _note(key, notes)
            for key, text in pairs.items()
            for line in _yaml({key: text})
        ),
    ]


def _note(key: str, notes: Mapping[str, str]) -> str:
    return f"   # {notes[key]}" if key in notes else ""


def _yaml(pair: Mapping[str, str]) -> list[str]:
    """One pair as YAML, on one line."""
    shown = {" ".join(key.split()): " ".join(text.split()) for key, text in pair.items()}
    return yaml.safe_dump(shown, allow_unicode=True, width=1_000_000).rstrip("\n").split("\n")
