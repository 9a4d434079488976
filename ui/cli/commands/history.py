"""`planner history`: who did what when, and whether the trail is as it was written."""

from collections.abc import Iterator, Sequence

import typer

from planner.store.audit import AuditEntry, Verdict, entries
from planner.store.verify import verify as verified
from planner.words.errors import WrongInput
from planner.words.wording import Words
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store
from ui.cli.streams import print_json
from ui.render.store_lines import moment

MACHINES = ("digests", "sha256", "attempt", "worker")
"""What an entry holds for verifying it; people are not shown it."""


def run(last: int, *, verify: bool, known: str, as_json: bool) -> Exit:
    """Show, and verify where that is asked. Raises WrongInput or DatasetError."""
    if known and not verify:
        raise WrongInput("--known is looked for with --verify. Say both.")
    with chosen_store() as store:
        found = entries(store, last or None)
        verdict = verified(store, known) if verify else None
    if as_json:
        print_json(
            {
                "entries": [entry.as_data() for entry in found],
                "verified": vars(verdict) if verdict else None,
            }
        )
    else:
        typer.echo("\n".join(_lines(found, verdict)))
    return Exit.BROKEN_RULE if verdict and verdict.fault else Exit.DONE


def _lines(found: Sequence[AuditEntry], verdict: Verdict | None) -> Iterator[str]:
    if not found:
        yield "Nothing was done yet."
    for entry in found:
        detail = "; ".join(
            f"{name} {_said(value)}"
            for name, value in sorted(entry.detail.items())
            if name not in MACHINES and value
        )
        yield (
            f"{entry.number:>5}  {moment(entry.at)}  {entry.by}: {entry.action} {entry.subject}"
            + (f" ({detail})" if detail else "")
        )
    if verdict and verdict.fault:
        yield f"Not as it was written: {verdict.fault}"
    elif verdict:
        counted = Words().count(verdict.count, "entry", "entries")
        yield f"Verified: {counted}, and everything is there as they tell. Newest: {verdict.head}"
    elif found:
        yield f"Newest: {found[-1].hash}"


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in sorted(value.items()))
    return str(value)
