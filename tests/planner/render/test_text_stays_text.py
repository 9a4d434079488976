"""What a planner typed is never run as a formula in a report."""

import openpyxl
import pytest
from openpyxl import Workbook

from planner.render.workbook.canvas import BOLD, Canvas


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_text_in_a_report_stays_text(tmp_path, text: str):
    book = Workbook()
    canvas = Canvas(book.active, {})
    canvas.put(1, 1, text, BOLD)
    canvas.put(2, 1, "plain", BOLD)
    book.save(tmp_path / "report.xlsx")
    risky, plain = (
        row[0] for row in openpyxl.load_workbook(tmp_path / "report.xlsx").active.iter_rows()
    )
    assert (risky.data_type, bool(risky.quotePrefix), bool(plain.quotePrefix)) == ("s", True, False)
    assert risky.value.strip() == text.strip()
    assert risky.font.b is plain.font.b is True
