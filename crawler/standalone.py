"""`scrapy crawl feed -a source=ID`: a run of its own, with the database and catalogue of the environment."""

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.settings import environment
from crawler.sources.loader import load_sources, select_sources
from crawler.workshop import Run, Workshop
from store.console.command import fail
from store.errors import AvvisiError
from store.timetable.runs import sync_sources

log = logging.getLogger(__name__)


def open_run(crawler: Crawler, options: Mapping[str, str]) -> Run:
    """Open a run for the source named by ``-a source=ID``; it ends with the crawl and logs its report.

    Ends the process with one line where none was named, or one that is not in the catalogue.
    """
    try:
        run = _open(options)
    except AvvisiError as error:
        _end(str(error), error.exit_status)

    async def close() -> None:
        log.info("report: %s", run.report().as_dict())
        await run.workshop.close()

    crawler.signals.connect(close, signal=signals.engine_stopped, weak=False)
    return run


def _end(message: str, status: int) -> NoReturn:
    """End at once: any exception from here, SystemExit too, would come out of Scrapy's task as two tracebacks."""
    try:
        fail(message, status)
    finally:
        sys.stderr.flush()
        os._exit(status)


def _open(options: Mapping[str, str]) -> Run:
    if "source" not in options:
        raise AvvisiError("name the source: scrapy crawl feed -a source=ID (avvisi sources list shows them)")
    database_url, sources_path = environment()
    sources = load_sources(Path(sources_path) if sources_path else None)
    (source,) = select_sources(sources, [options["source"]])
    workshop = Workshop(database_url)
    workshop.connect()
    workshop.writer.submit(lambda session: sync_sources(session, [source]))
    limit = options.get("limit")
    return Run(source=source, workshop=workshop, limit=int(limit) if limit else None)

