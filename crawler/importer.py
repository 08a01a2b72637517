"""Reading many saved pages: into the store, or into lines of JSON."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from crawler.archive import Saved, find_inputs, read_inputs, read_manifest
from crawler.discover.identity import identify
from crawler.pipelines import KeptPage, look_again, read_page, tidy_sites
from crawler.runner import stop_on_signals
from crawler.sources import Source
from crawler.workers.readers import Readers
from crawler.workshop import PageFailure, Run, RunReport, Workshop, utcnow
from store.errors import ExtractionError
from store.fields import article_fields
from store.fingerprint import make_id
from store.timetable.runs import finish_run, start_run, sync_sources

IMPORT = Source(id="import", name="Imported files", site="file:///", recheck=False)
AHEAD = 4  # pages read ahead a worker, so that none waits and memory stays bounded

Item = TypeVar("Item")
Result = TypeVar("Result")


async def in_order(
    items: Iterable[Item], work: Callable[[Item], Awaitable[Result]], *, ahead: int
) -> AsyncIterator[Result]:
    """Work on several items at once and yield the results in the items' order."""
    waiting: deque[asyncio.Task[Result]] = deque()
    for item in items:
        waiting.append(asyncio.ensure_future(work(item)))
        if len(waiting) >= ahead:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


def import_paths(
    paths: Iterable[Path], *, database_url: str, watch: Callable[[Run], None], learns: bool = False
) -> RunReport:
    """Read texts and pages from files and store them, as one run of the source ``import``."""
    inputs = find_inputs(paths)
    return asyncio.run(_import(inputs, Workshop(database_url, learns=learns), watch))


async def _import(inputs: tuple[Path, ...], workshop: Workshop, watch: Callable[[Run], None]) -> RunReport:
    async with workshop:
        stop_on_signals(workshop.stopping)
        run, now = Run(source=IMPORT, workshop=workshop, on_change=watch), utcnow()
        await workshop.write(lambda session: sync_sources(session, [IMPORT]), urgent=True)
        run_id = await workshop.write(lambda session: start_run(session, IMPORT.id, now=now), urgent=True)
        saved = _until_stopped(read_inputs(inputs, now=now, source=IMPORT.id), workshop)
        async for _ in in_order(saved, lambda one: _import_one(run, one), ahead=AHEAD * workshop.readers.workers):
            pass
        await tidy_sites(run)
        await look_again(run)
        report = run.report()
        await workshop.write(
            lambda session: finish_run(
                session,
                run_id,
                outcome=report.outcome,
                counts=report.counts,
                requests=0,
                seconds=report.seconds,
                error=report.error,
                now=utcnow(),
                next_due_at=None,
            ),
            urgent=True,
        )
    return report


def _until_stopped(items: Iterator[Saved], workshop: Workshop) -> Iterator[Saved]:
    for item in items:
        if workshop.stopping.is_set():
            return
        yield item


async def _import_one(run: Run, saved: Saved) -> None:
    run.count("found")
    if saved.page is None:
        reason, _, detail = (saved.error or "").partition(": ")
        run.fail_page(PageFailure(url=saved.name, reason=reason, detail=detail))
        return
    kept = KeptPage(page=saved.page)
    kept.hand_over(run)
    await read_page(run, kept)


def extract_inputs(
    inputs: tuple[Path, ...], *, manifest: Path | None = None, jobs: int, now: datetime
) -> Iterator[dict[str, Any]]:
    """Read pages without storing them; yield one export-like record each, with ``error`` where there is no text."""
    with Readers(jobs) as readers:
        readers.warm_up()
        loop = asyncio.new_event_loop()
        try:
            listed = read_manifest(manifest, now=now) if manifest else ()
            saved = chain(read_inputs(inputs, now=now), listed)
            results = in_order(saved, lambda one: extract_one(readers, one), ahead=AHEAD * jobs)
            while (record := loop.run_until_complete(anext(results, None))) is not None:
                yield record
        finally:
            loop.close()


async def extract_one(readers: Readers, saved: Saved) -> dict[str, Any]:
    """Read one saved page into the fields of the export."""
    if saved.page is None:
        return {"id": saved.id, "url": saved.url, "file": saved.name, "error": saved.error}
    identity = saved.id or make_id(identify(saved.page.url))
    try:
        article = await readers.read(saved.page)
    except ExtractionError as error:
        return {"id": identity, "url": saved.url, "file": saved.name, "error": str(error)}
    return {**article_fields(article), "id": identity}


