"""What this process keeps of what it has read, let go at once: students that were taken out of the
store must not live on in its memory.
"""

from planner.money.ledger import forget as forget_ledgers
from planner.plan.positions import forget as forget_staffed
from planner.store import datasets
from ui.app.workspace.visible_texts import texts_of
from ui.app.workspace.whole_plan import whole_plan


def forget() -> None:
    """Let go of datasets, plans, their people, ledgers and names. What is asked for next is read
    again.
    """
    datasets.read.cache_clear()
    whole_plan.cache_clear()
    texts_of.cache_clear()
    forget_ledgers()
    forget_staffed()
