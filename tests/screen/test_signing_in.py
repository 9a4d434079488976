"""A shared server: people sign in with a provider, and get what the office's table, or the
provider's claim, gives them.
"""

from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, expect

from tests.screen.browser import Person, served, visiting
from tests.screen.conftest import EXAMPLE, fill
from tests.screen.provider import CLIENT, provider

SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "a secret of the tests' own that is long enough"
client_id = "{client}"
client_secret = "another"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
TABLE = """email,roles,schools
ana@district.org,director;hr,
Kim@district.org,principal,cedar
"""


def sign_in(person: Person, user: str) -> None:
    """Through the provider's page, and back."""
    person.page.goto(person.address)
    person.page.get_by_role("button", name="Sign in").click()
    person.page.get_by_role("link", name=user).click()
    person.settle()


def refused(person: Person) -> str:
    """What the server says to a browser that sends a file past the pages."""
    mine = {cookie["name"]: cookie["value"] for cookie in person.page.context.cookies()}
    answer = person.page.context.request.put(
        f"{person.address}/_stcore/upload_file/a-session/a-file",
        headers={"X-Xsrftoken": mine.get("_streamlit_xsrf", "")},
        multipart={"file": {"name": "a.xlsx", "mimeType": "text/plain", "buffer": b"pay"}},
    )
    assert not answer.ok
    return answer.text()


@pytest.mark.slow
def test_each_gets_what_the_table_gives_them(browser: Browser, tmp_path: Path):
    fill(tmp_path / "store.sqlite")
    (tmp_path / "roles.csv").write_text(TABLE)
    (tmp_path / ".streamlit").mkdir()
    with provider("ana@district.org", "kim@district.org", "stranger@elsewhere.org") as found:
        (tmp_path / ".streamlit" / "secrets.toml").write_text(
            SECRETS.format(client=CLIENT, issuer=found.issuer)
        )
        shared = {"PLANNER_SHARED": "1", "PLANNER_ROLES": str(tmp_path / "roles.csv")}
        with served(tmp_path / "store.sqlite", workers=0, **shared) as address:
            ana, kim, stranger = (visiting(browser, address) for _ in range(3))
            ana.page.goto(f"{address}/timetable?dataset={EXAMPLE}")
            ana.settle()
            assert not any("Interventionist" in frame for frame in ana.heard)
            sign_in(ana, "ana@district.org")
            ana.sees("Signed in as ana@district.org")
            ana.turn_to("History")
            ana.sees("Who did what")
            sign_in(kim, "kim@district.org")
            kim.sees("Signed in as kim@district.org")
            expect(kim.page.get_by_role("combobox", name="View as")).to_have_count(0)
            kim.turn_to("History")
            expect(kim.page.get_by_role("button", name="Adopt plan")).to_have_count(0)
            sign_in(stranger, "stranger@elsewhere.org")
            stranger.sees("has no role here yet")
            assert not any("first-steps" in frame for frame in stranger.heard)
            nobody = visiting(browser, address)
            assert refused(nobody) == "Nobody has signed in."
            assert "has no role here yet" in refused(stranger)
            assert refused(kim) == "Your role may not save datasets."
            assert "session" in refused(ana), "past the door, where no page of that name is open"
            book = Workbook()
            assert book.active is not None
            book.active.append(["nothing of ours"])
            book.save(tmp_path / "sent.xlsx")
            ana.turn_to("Start")
            ana.page.locator("input[type=file]").set_input_files(tmp_path / "sent.xlsx")
            ana.sees("Nothing was saved")
            for person in (ana, kim, stranger, nobody):
                person.page.context.close()
