"""Tables of a terminal: columns as wide as what they hold, figures at the right."""

from collections.abc import Iterable, Iterator, Sequence


def columns(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, left: Iterable[str], indent: int = 0
) -> Iterator[str]:
    """A line for the headings and each row; the columns named in `left` hold words, the others
    figures.
    """
    table = [list(headings), *(list(row) for row in rows)]
    words = {place for place, heading in enumerate(headings) if heading in set(left)}
    widths = [max(len(row[place]) for row in table) for place in range(len(headings))]
    for row in table:
        cells = (
            cell.ljust(width) if place in words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield " " * indent + "  ".join(cells).rstrip()
