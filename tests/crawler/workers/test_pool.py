"""The worker processes: what goes wrong with one task, or one process, is that one's alone."""

import asyncio
import multiprocessing
import os
import signal
import threading
import time

import pytest

from crawler.workers.pool import WorkerDied, Workers, serve
from crawler.workers.readers import Readers


def be_worker(ours, others):
    serve(ours, others, lambda function, *arguments: function(*arguments))


def start(ours, others):
    process = multiprocessing.get_context("fork").Process(target=be_worker, args=(ours, others), daemon=True)
    process.start()
    return process


def make(size=1, *, deadline=20.0, most_tasks=1000):
    return Workers(size, start, deadline=deadline, most_tasks=most_tasks)


@pytest.fixture
def run():
    """Run a coroutine function with workers, on a loop of its own."""
    made = []

    def run(work, **options):
        made.append(make(**options))
        return asyncio.run(asyncio.wait_for(work(made[-1]), 30))

    yield run
    for workers in made:
        workers.close()


def get_pid(_number):
    return os.getpid()


def pause_and_get_pid(seconds):
    time.sleep(seconds)
    return os.getpid()


def end_self(seconds):
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


def make_lock():
    return threading.Lock()


class Unmakeable(Exception):
    """An error that pickle writes and cannot read."""

    def __init__(self, one, two):
        super().__init__(one)
        self.two = two


def raise_unmakeable():
    raise Unmakeable("a", "b")


def test_many_tasks_of_one_process_come_back_each_to_its_caller(run):
    async def work(workers):
        return await asyncio.gather(*(workers.run(divmod, number, 7) for number in range(200)))

    assert run(work) == [divmod(number, 7) for number in range(200)]


def test_a_message_larger_than_any_buffer_passes_both_ways(run):
    body = os.urandom(5_000_000)

    async def work(workers):
        return await asyncio.gather(*(workers.run(bytes, body) for _ in range(3)))

    assert all(result == body for result in run(work, size=2))


def test_the_last_tasks_wait_behind_no_other_while_a_process_is_free(run):
    async def work(workers):
        return await asyncio.gather(*(workers.run(pause_and_get_pid, 1.0) for _ in range(2)))

    assert len(set(run(work, size=2))) == 2


def test_a_task_that_waits_behind_one_that_dies_is_done_by_another(run):
    async def work(workers):
        dying = [asyncio.ensure_future(workers.run(end_self, 0.2))]
        behind = [asyncio.ensure_future(workers.run(abs, -number)) for number in range(10)]
        return await asyncio.gather(*dying, *behind, return_exceptions=True)

    dead, *rest = run(work)
    assert isinstance(dead, WorkerDied)
    assert rest == list(range(10))


def test_a_task_that_waits_behind_one_that_hangs_is_done_by_another(run):
    async def work(workers):
        hanging = asyncio.ensure_future(workers.run(time.sleep, 60))
        behind = [asyncio.ensure_future(workers.run(abs, -number)) for number in range(10)]
        return await asyncio.gather(hanging, *behind, return_exceptions=True)

    late, *rest = run(work, deadline=0.5)
    assert isinstance(late, TimeoutError)
    assert rest == list(range(10))


def test_the_time_of_a_task_begins_when_it_is_in_hand(run):
    async def work(workers):
        return await asyncio.gather(*(workers.run(pause_and_get_pid, 0.4) for _ in range(6)))

    assert len(run(work, deadline=2.0)) == 6


def test_who_no_longer_waits_for_a_task_ends_its_process(run):
    async def work(workers):
        await workers.run(abs, -1)
        hanging = asyncio.ensure_future(workers.run(time.sleep, 60))
        await asyncio.sleep(0.1)
        assert workers._workers[0].tasks
        hanging.cancel()
        return await workers.run(abs, -1)

    assert run(work) == 1


@pytest.mark.parametrize(("function", "error"), [(make_lock, TypeError), (raise_unmakeable, Exception)])
def test_an_answer_that_cannot_travel_is_an_error_of_its_own_task(run, function, error):
    async def work(workers):
        with pytest.raises(error):
            await workers.run(function)
        return await workers.run(abs, -1)

    assert run(work) == 1


def test_work_that_cannot_travel_is_refused_where_it_is_given(run):
    async def work(workers):
        with pytest.raises((TypeError, AttributeError)):
            await workers.run(lambda: 1)
        return await workers.run(abs, -1)

    assert run(work) == 1


def test_a_process_is_replaced_after_its_number_of_tasks(run):
    async def work(workers):
        return await asyncio.gather(*(workers.run(get_pid, number) for number in range(20)))

    pids = run(work, most_tasks=5)
    assert len(pids) == 20
    assert max(map(pids.count, pids)) <= 5


def test_when_no_process_can_be_started_who_waits_is_told():
    def refuse(ours, others):
        raise OSError("no more processes")

    async def work():
        with pytest.raises(WorkerDied, match="no process"):
            await asyncio.wait_for(workers.run(abs, -1), 30)

    workers = Workers(1, refuse, deadline=1, most_tasks=10)
    asyncio.run(work())
    workers.close()


def test_closing_fails_what_is_in_hand_and_what_waits(run):
    async def work(workers):
        tasks = [asyncio.ensure_future(workers.run(time.sleep, 60)) for _ in range(5)]
        await asyncio.sleep(0.3)
        await asyncio.to_thread(workers.close)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        with pytest.raises(WorkerDied):
            await workers.run(abs, -1)
        return results

    assert all(isinstance(result, WorkerDied) for result in run(work))


def test_processes_end_when_their_starter_is_gone():
    async def start_and_end():
        workers = make(2)
        pids = set(await asyncio.gather(*(workers.run(pause_and_get_pid, 0.05) for _ in range(6))))
        for worker in list(workers._workers):
            workers._close_socket(worker)  # as the system does for a process that was killed
        return pids, [worker.process for worker in workers._workers]

    pids, processes = asyncio.run(start_and_end())
    for process in processes:
        process.join(5)
    assert pids
    assert not any(process.is_alive() for process in processes)


def test_workers_serve_one_loop_after_the_other():
    workers = make()
    try:
        assert [asyncio.run(workers.run(abs, -number)) for number in range(3)] == [0, 1, 2]
    finally:
        workers.close()


def test_readers_warm_up_where_no_loop_runs():
    with Readers(1) as readers:
        readers.warm_up()
        assert asyncio.run(readers.call(abs, -1)) == 1
