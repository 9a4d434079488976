"""What is in a store, for people and for machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.store.adoption import Adoption
from planner.store.datasets import SavedDataset
from planner.store.plans import SavedPlan
from planner.store.runs import RunState, State
from planner.store.scenarios import SavedScenario
from planner.words.wording import Words

WORDS = Words()
EMPTY = (
    "Nothing is in it yet. planner store save DATA keeps a dataset, planner store keep PLAN "
    "--data DATA a plan."
)


@dataclass(frozen=True)
class StoreContents:
    """Everything in the store, as lists show it."""

    at: str
    datasets: Sequence[SavedDataset]
    scenarios: Sequence[SavedScenario]
    runs: Sequence[RunState]
    plans: Sequence[SavedPlan]
    adoptions: Sequence[Adoption]


def as_lines(held: StoreContents) -> Iterator[str]:
    """The store for people: of datasets and scenarios the newest versions."""
    yield f"Store: {held.at}"
    parts = {
        "Datasets": [dataset_line(each) for each in _newest(held.datasets)],
        "Scenarios": [_scenario_line(each) for each in _newest(held.scenarios)],
        "Runs": [_run_line(each) for each in held.runs],
        "Plans": [plan_line(each) for each in held.plans],
        "Adopted": [adoption_line(each) for each in held.adoptions if each.ended_at is None],
    }
    if not any(parts.values()):
        yield EMPTY
    for title, lines in parts.items():
        if lines:
            yield from ("", title, *(f"  {line}" for line in lines))


def as_data(held: StoreContents) -> dict[str, Any]:
    """The store for machines: every version, and every adoption that ever was."""
    return {
        "store": held.at,
        "datasets": [dataset_data(each) for each in held.datasets],
        "scenarios": [_scenario_data(each) for each in held.scenarios],
        "runs": [_run_data(each) for each in held.runs],
        "plans": [plan_data(each) for each in held.plans],
        "adoptions": [adoption_data(each) for each in held.adoptions],
    }


def _newest(versions: Sequence[Any]) -> list[Any]:
    """Of each name the first, which is the newest."""
    return list({each.name: each for each in reversed(versions)}.values())[::-1]


def moment(at: datetime) -> str:
    """`2026-11-23 14:05 UTC`."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _moment_data(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def dataset_line(kept: SavedDataset) -> str:
    """A version of a dataset."""
    counts = [
        WORDS.count(len(kept.schools), "school"),
        WORDS.count(kept.people, "person", "people"),
        WORDS.count(kept.groups, "group"),
        WORDS.count(kept.students, "student"),
    ]
    purged = f"; students purged {moment(kept.purged_at)}" if kept.purged_at else ""
    said = f"{kept.name}, version {kept.version}, saved {moment(kept.saved_at)} by {kept.saved_by}"
    return f"{said}: {', '.join(counts)}{purged}"


def dataset_data(kept: SavedDataset) -> dict[str, Any]:
    """A version of a dataset for machines."""
    return {
        "name": kept.name,
        "version": kept.version,
        "hash": kept.hash,
        "saved_at": _moment_data(kept.saved_at),
        "saved_by": kept.saved_by,
        "schools": list(kept.schools),
        "people": kept.people,
        "groups": kept.groups,
        "students": kept.students,
        "purged_at": _moment_data(kept.purged_at),
    }


def _scenario_line(kept: SavedScenario) -> str:
    on = f", on {kept.base}" if kept.base else ""
    return (
        f"{kept.name}, version {kept.version}, saved {moment(kept.saved_at)} by {kept.saved_by}{on}"
    )


def _scenario_data(kept: SavedScenario) -> dict[str, Any]:
    saved = {"saved_at": _moment_data(kept.saved_at), "saved_by": kept.saved_by}
    return {
        "name": kept.name,
        "version": kept.version,
        "base": kept.base,
        "text": kept.text,
    } | saved


def _run_line(run: RunState) -> str:
    said = (
        f"run {run.number}, {run.name}: {run.state}, asked for {moment(run.asked_at)} by "
        f"{run.asked_by}"
    )
    if run.state is State.RUNNING and run.heartbeat:
        said += f"; {run.worker} last said so {moment(run.heartbeat)}"
    if run.state is State.ORPHANED:
        said += f"; {run.worker} is gone" + (
            ", its best plan so far is kept" if run.has_best else ""
        )
    if run.cancel_asked_by and run.state is State.RUNNING:
        said += f"; {run.cancel_asked_by} asked that it stops"
    if run.message:
        said += f"; {run.message}"
    return said + (f"; plan {run.plan}" if run.plan else "")


def _run_data(run: RunState) -> dict[str, Any]:
    return {
        "run": run.number,
        "name": run.name,
        "dataset_hash": run.dataset_hash,
        "scenario": run.scenario,
        "settings": dict(run.settings),
        "state": run.state.value,
        "asked_at": _moment_data(run.asked_at),
        "asked_by": run.asked_by,
        "cancel_asked_by": run.cancel_asked_by,
        "host": run.worker.host if run.worker else None,
        "pid": run.worker.pid if run.worker else None,
        "started_at": _moment_data(run.started_at),
        "heartbeat": _moment_data(run.heartbeat),
        "ended_at": _moment_data(run.ended_at),
        "message": run.message,
        "has_best": run.has_best,
        "plan": run.plan,
    }


def plan_line(plan: SavedPlan) -> str:
    """A plan, with what it serves."""
    served = [
        f"tier {tier} {WORDS.percent(got / owed)}"
        for tier, (got, owed) in sorted(plan.tiers.items(), reverse=True)
        if owed
    ]
    parts = [", ".join(served)] if served else []
    if plan.unserved:
        parts.append(f"{WORDS.count(plan.unserved, 'service')} less than owed")
    if plan.cost is not None:
        parts.append(f"cost {WORDS.number(plan.cost, 2)}")
    scenario = f" ({plan.scenario})" if not plan.is_as_it_is else ""
    said = (
        f"plan {plan.number}, {plan.name}{scenario}, kept {moment(plan.saved_at)} by "
        f"{plan.saved_by}"
    )
    return (
        said + (": " if parts else "") + "; ".join(parts) + (" – adopted" if plan.adopted else "")
    )


def plan_data(plan: SavedPlan) -> dict[str, Any]:
    """A plan for machines; `cost` is exact decimal text."""
    return {
        "plan": plan.number,
        "name": plan.name,
        "scenario": plan.scenario,
        "dataset_hash": plan.dataset_hash,
        "run": plan.run,
        "saved_at": _moment_data(plan.saved_at),
        "saved_by": plan.saved_by,
        "status": plan.status,
        "tiers": {
            str(tier): {"delivered": got, "owed": owed} for tier, (got, owed) in plan.tiers.items()
        },
        "delivered": plan.delivered,
        "owed": plan.owed,
        "sessions": plan.sessions,
        "unserved": plan.unserved,
        "findings": plan.findings,
        "cost": None if plan.cost is None else str(plan.cost),
        "adopted": plan.adopted,
    }


def adoption_line(adopted: Adoption) -> str:
    """What is adopted."""
    said = (
        f"{adopted.name}: plan {adopted.plan}, since {moment(adopted.adopted_at)} by "
        f"{adopted.adopted_by}"
    )
    return (
        said
        + (f", replacing plan {adopted.replaces}" if adopted.replaces else "")
        + (f": {adopted.note}" if adopted.note else "")
    )


def adoption_data(adopted: Adoption) -> dict[str, Any]:
    """An adoption for machines."""
    return {
        "name": adopted.name,
        "plan": adopted.plan,
        "adopted_at": _moment_data(adopted.adopted_at),
        "adopted_by": adopted.adopted_by,
        "note": adopted.note,
        "replaces": adopted.replaces,
        "ended_at": _moment_data(adopted.ended_at),
    }
