"""Who could join which group, as a planner reads it in a terminal."""

from collections.abc import Iterator
from itertools import groupby

from planner.facts.problem import Problem
from planner.slots.rescue import JoinProposal, Rescue, Staying
from planner.words.wording import Words, listed

MOST_NAMED = 6


def as_text(problem: Problem, found: Rescue) -> str:
    """The proposals, then those for whom there is none, then how large groups may become."""
    words = Words(problem.data.district.locale)
    if not found.proposals and not found.staying:
        return "Nobody is left over: every group gets all that it is owed."
    parts = [
        list(_proposals(problem, found, words)),
        list(_staying(problem, found, words)),
        list(found.caps),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _proposals(problem: Problem, found: Rescue, words: Words) -> Iterator[str]:
    if not found.proposals:
        yield "Nobody who is left over could join another group."
        return
    yield (
        f"{words.counted(found.placed, 'student')} could join another group (proposals only: "
        "the plan is as it was)"
    )
    for group, each in groupby(found.proposals, key=lambda proposal: proposal.from_group):
        some = list(each)
        keyed = [proposal for proposal in some if proposal.student]
        yield from (
            f"  {p.student}: from {group} to {p.to_group}, {_minutes(p, words)}" for p in keyed
        )
        counted = [proposal for proposal in some if not proposal.student]
        if counted:
            number = words.count(sum(p.students for p in counted), "student")
            ways = [
                f"{p.to_group} ({words.count(p.students, 'place')}, {_minutes(p, words)})"
                for p in counted
            ]
            yield (
                f"  {number} of {group} could join {listed(ways)}, if no other group of theirs "
                "meets then: they have no keys"
            )


def _minutes(proposal: JoinProposal, words: Words) -> str:
    left = (
        f"{words.number(proposal.remains)} still owed"
        if proposal.remains
        else "all that they are owed"
    )
    return f"{words.number(proposal.gives)} min, {left}"


def _staying(problem: Problem, found: Rescue, words: Words) -> Iterator[str]:
    if not found.staying:
        return
    yield "Without a proposal"
    for (group, reason), each in groupby(
        found.staying, key=lambda staying: (staying.from_group, staying.reason)
    ):
        yield (
            f"  {_whom(list(each), words)} of {group}, "
            f"{problem.schools[problem.service_of[group].school].name}: {reason}"
        )


def _whom(some: list[Staying], words: Words) -> str:
    names = [staying.student for staying in some if staying.student]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return (
        listed([*names[:MOST_NAMED], *more])
        if names
        else words.count(sum(s.students for s in some), "student")
    )
