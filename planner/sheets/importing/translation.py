"""The rows of an export in the contract's words, by a mapping."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from planner.facts.cell_formats import nearest
from planner.facts.cell_names import refuse_shortened
from planner.facts.row import ColumnSpec
from planner.sheets.importing.cell_forms import LISTS, MEASURED, iso_date, plain_clock, plain_number
from planner.sheets.importing.incoming import ImportOrigin, Incoming
from planner.sheets.importing.mapping import SheetMapping
from planner.sheets.importing.patterns import UNTRANSLATED, matches, translated
from planner.sheets.importing.proposal import likeliest
from planner.sheets.importing.pseudonyms import STUDENTS, Secret
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import (
    KINDS_OF_IDS,
    columns_by_heading,
    folded,
    must_be_filled,
    no_id,
)
from planner.words.errors import Fault


def translate(table: RawSheet, mapping: SheetMapping, secret: Secret | None) -> Incoming:
    """The rows for the mapping's sheet, with a fault for everything that cannot be translated.

    Without a secret, columns that are to be replaced by keys stay blank.
    """
    translation = _Translation(table, mapping, secret)
    translation.find_headings()
    translation.find_unmapped()
    for number, cells in table.rows:
        translation.add(number, cells)
    return translation.incoming


class _Translation:
    """One export under one mapping, row by row."""

    def __init__(self, table: RawSheet, mapping: SheetMapping, secret: Secret | None) -> None:
        self.table, self.mapping, self.secret = table, mapping, secret
        self.columns = {
            name: column for name, (_, column) in columns_by_heading(mapping.sheet).items()
        }
        filled = tuple(
            name for name in self.columns if name in mapping.columns or name in mapping.constants
        )
        name = mapping.file or "the mapping"
        self.incoming = Incoming(
            mapping.sheet, table.file, filled, hidden=frozenset(mapping.keyed), mapping=name
        )
        self.headings: dict[str, str] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.ids = {
            name
            for name, column in self.columns.items()
            if column.cell.kind in KINDS_OF_IDS and name not in mapping.codes
        }
        self.no_ids: dict[str, frozenset[int]] = {}

    def find_headings(self) -> None:
        """Each heading that the mapping names, as the export writes it; a fault for one that is not
        there or there twice.
        """
        by_fold = {folded(heading): heading for heading in reversed(self.table.headings)}
        folds = [folded(heading) for heading in self.table.headings]
        for place, named in _named(self.mapping):
            if folds.count(folded(named)) == 1:
                self.headings[named] = by_fold[folded(named)]
            elif folded(named) in folds:
                rule = f"is there twice, so {place} of {self.incoming.mapping} can mean either."
                self._blame_heading(named, rule, "Rename one of the columns in the export.")
            else:
                rule = (
                    f"is named in {self.incoming.mapping} ({place}) and is no heading of the "
                    "export."
                )
                known = f"The headings are {', '.join(self.table.headings)}."
                self._blame_heading(named, rule, nearest(named, self.table.headings) or known)
            ours = place.removeprefix("columns.")
            if named not in self.headings:
                self.incoming.unmapped |= {ours} & self.columns.keys()
            elif ours in self.ids:
                self.no_ids[ours] = frozenset(self.table.no_ids.get(self.headings[named], ()))

    def find_unmapped(self) -> None:
        """A fault for each required column that neither a heading nor a constant fills."""
        for name, column in self.columns.items():
            if must_be_filled(self.mapping.sheet, name, self.incoming.columns):
                rule = (
                    f"is a required column of the sheet {self.mapping.sheet}, and no heading "
                    f"is mapped to it ({column.meaning})."
                )
                heading = likeliest(name, self.table.headings) or "THEIR HEADING"
                fix = (
                    f"Map one under columns (`{name}: {heading}`), or give a constant "
                    f"(`{name}: {column.example}`)."
                )
                self._blame_heading(name, rule, fix)
                self.incoming.unmapped.add(name)

    def _blame_heading(self, name: str, rule: str, fix: str) -> None:
        self.incoming.faults.append(
            Fault(self.mapping.sheet, self.table.heading_row, name, "", rule, fix, self.table.file)
        )

    def add(self, number: int, cells: Mapping[str, str]) -> None:
        """A row of theirs as one of ours, unless the mapping leaves it out."""
        if self._is_left_out(cells):
            self.incoming.skipped += 1
            return
        row = {name: self._cell(number, name, cells) for name in self.incoming.columns}
        self.incoming.rows.append((number, {name: text for name, text in row.items() if text}))

    def _is_left_out(self, cells: Mapping[str, str]) -> bool:
        def is_one(named: str, words: tuple[str, ...]) -> bool:
            return matches(cells.get(self.headings[named], ""), words)

        skip = [
            (named, words) for named, words in self.mapping.skip.items() if named in self.headings
        ]
        only = [
            (named, words) for named, words in self.mapping.only.items() if named in self.headings
        ]
        return any(is_one(*one) for one in skip) or not all(is_one(*one) for one in only)

    def _cell(self, number: int, name: str, cells: Mapping[str, str]) -> str:
        """What one of our columns holds; blank where it cannot be said, with the fault among the
        others.
        """
        heading = self.headings.get(self.mapping.columns.get(name, ""), "")
        text = cells.get(heading, "") if heading else ""
        self.incoming.origins[number, name] = ImportOrigin(heading, text)
        if heading and (number, heading) in self.table.unreadable:
            self.incoming.blame(number, name, *self.table.unreadable[number, heading])
            return ""
        if number in self.no_ids.get(name, ()):
            self.incoming.blame(number, name, *no_id(text))
            return ""
        try:
            if name in self.ids:
                refuse_shortened(text)
            ours = self._ours(name, text)
        except ValueError as error:
            wrong, _, fix = str(error).partition(". ")
            self.incoming.blame(number, name, f"{wrong.rstrip('.')}.", fix)
            return ""
        if not ours and name in self.mapping.constants:
            ours = self.mapping.constants[name]
            self.incoming.origins[number, name] = ImportOrigin("", ours)
        return self._key(name, ours) if name in self.mapping.keyed else ours

    def _ours(self, name: str, text: str) -> str:
        """The translation of a text, which is looked for once. Raises ValueError where there is
        none.
        """
        if (name, text) not in self.known:
            self.known[name, text] = our_text(text, name, self.columns[name], self.mapping)
        return self.known[name, text]

    def _key(self, name: str, text: str) -> str:
        """An id, or each of a list of ids, replaced by its key; ids of a sheet have the same keys
        in all sheets.
        """
        if self.secret is None:
            return ""
        sheet, column = self.mapping.sheet, self.columns[name]
        of = STUDENTS if (sheet, name) == ("members", "student") else (*column.refers_to, sheet)[0]
        pieces = text.split(";") if column.cell.kind == "ids" else [text]
        return ";".join(self.secret.key_for(piece, of) for piece in pieces if piece.strip())


def _named(mapping: SheetMapping) -> Iterator[tuple[str, str]]:
    """Every heading that the mapping names, and where."""
    for name, named in mapping.columns.items():
        yield f"columns.{name}", named
    for place, conditions in (("skip", mapping.skip), ("only", mapping.only)):
        for named in conditions:
            yield place, named


def our_text(text: str, name: str, column: ColumnSpec, mapping: SheetMapping) -> str:
    """A cell of theirs in the form of one of our columns. Raises ValueError where it cannot be
    translated.
    """
    kind = column.cell.kind
    codes = mapping.codes.get(name)
    if kind in LISTS and (codes or mapping.list_separator != ";") and text:
        pieces = (piece.strip() for piece in text.split(mapping.list_separator))
        return ";".join(
            filter(None, (_decoded(piece, name, kind, codes, mapping) for piece in pieces if piece))
        )
    return _decoded(text, name, kind, codes, mapping)


def _decoded(
    text: str, name: str, kind: str, codes: Mapping[str, str] | None, mapping: SheetMapping
) -> str:
    if codes is not None:
        ours = translated(text, codes)
        if ours == UNTRANSLATED or (
            ours is None and text and not any(kind in kinds for kinds in MEASURED.values())
        ):
            near = "" if ours == UNTRANSLATED else f"{nearest(text, codes)} "
            where = f"under codes.{name} of {mapping.file}" if mapping.file else "to the mapping"
            raise ValueError(f"is a code without a translation. {near.lstrip()}Add it {where}.")
        if ours is not None:
            return ours
    if not text:
        return text
    if kind in MEASURED["date"]:
        return iso_date(text, mapping.dates)
    if kind in MEASURED["clock"]:
        return plain_clock(text)
    if kind in MEASURED["number"]:
        factor = mapping.factors.get(name, Decimal(1))
        return plain_number(text, kind, decimal_comma=mapping.decimal_comma, factor=factor)
    return text
