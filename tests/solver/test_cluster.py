"""A Dask cluster as the engine: all tasks are solved, also when a worker dies or the whole cluster
goes.
"""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from distributed import LocalCluster

from solver.search.cluster import Cluster
from solver.search.engine import STOPPING
from solver.stop import Stop
from tests.solver.test_engine import Task, double, wait


@pytest.fixture(scope="module")
def dask() -> Iterator[LocalCluster]:
    """Two workers in processes of this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.mark.slow
def test_a_cluster_solves_what_a_dead_worker_leaves(dask: LocalCluster, tmp_path: Path):
    tasks = [Task(number, str(tmp_path) if number == 1 else "") for number in range(5)]
    with Cluster(dask.scheduler_address) as engine:
        assert engine.workers == 2
        assert dict(engine.run(double, tasks, Stop())) == {
            number: 2 * number for number in range(5)
        }
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stop_is_heard_on_the_cluster(dask: LocalCluster):
    stop, found, ends = Stop(), [], 0.0
    with Cluster(dask.scheduler_address) as engine:
        for number, _ in engine.run(_second_waits, [Task(number) for number in range(6)], stop):
            found.append(number)
            ends = ends or monotonic() + STOPPING / 2
            stop.ask()
        assert monotonic() < ends, "nobody heard it: they were given up"
    assert 0 in found
    assert len(found) <= 3


@pytest.mark.slow
def test_what_a_lost_cluster_leaves_is_solved_here(dask: LocalCluster):
    found = []
    with Cluster(dask.scheduler_address) as engine:
        for answer in engine.run(double, [Task(number) for number in range(30)], Stop()):
            found.append(answer)
            if len(found) == 3:
                dask.close()
    assert sorted(found) == [(number, 2 * number) for number in range(30)]


def _second_waits(task: Task, stop: Stop) -> int:
    return task.number if task.number == 0 else wait(task, stop)
