"""Scrapy's settings: the polite and bounded ones. Read by every crawl and by the `scrapy` command.

Pace, robots.txt and addresses are decided in ``politeness.py``, ``middlewares.py`` and ``handler.py``, for all crawls
of a process together, where Scrapy's own settings know only one crawl each.
"""

import os
from importlib.metadata import version

from crawler.network.guard import Allowed, parse_allowed
from crawler.workers.readers import MEMORY_MB
from store.console.command import DEFAULT_DATABASE

BOT_NAME = "avvisi"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"


def user_agent(contact: str | None) -> str:
    """Name ourselves honestly; ``contact`` is an address where a site's owner reaches whoever runs this avvisi."""
    return f"avvisi/{version('avvisi')}" + (f" (+{contact})" if contact else "")


def environment() -> tuple[str, str | None]:
    """Return the database's URL and the catalogue's path, as the commands' options default to them."""
    return os.environ.get("AVVISI_DATABASE_URL", DEFAULT_DATABASE), os.environ.get("AVVISI_SOURCES")


def allowed_addresses() -> Allowed:
    """Return the private networks and hosts that the owner lets all sources reach."""
    return parse_allowed(os.environ.get("AVVISI_ALLOW", ""))


USER_AGENT = user_agent(os.environ.get("AVVISI_CONTACT"))

# Megabytes of address space that a reading process may have; 0 for no bound.
READER_MEMORY = int(os.environ.get("AVVISI_READER_MEMORY", MEMORY_MB))

# One asyncio loop, no Twisted reactor: many crawls can follow each other in one process.
TWISTED_REACTOR_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.network.handler.PoliteDownloadHandler",
    "https": "crawler.network.handler.PoliteDownloadHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}

# Nothing listens, nothing phones home.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
REFERRER_POLICY = "strict-origin-when-cross-origin"  # as browsers: a feed's address may hold a key of its reader's
METAREFRESH_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True

# Bounds. A response is held in memory, so the size is per response and times what is under way.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # sitemaps: SitemapSpider.most_bytes. Markup beyond 2 Mi characters is not read
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 2 * 1024 * 1024  # of a crawl's answers that wait to be read; then it fetches no more
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 may say when: RetryAfterMiddleware
RETRY_EXCEPTIONS = [  # not a timeout: a slow host is asked again at the next run
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
]
CONCURRENT_REQUESTS = 4  # over several hosts; the gate lets one request at a time to each
CONCURRENT_REQUESTS_PER_DOMAIN = 4
CONCURRENT_ITEMS = 1  # of one response, which holds one page; Scrapy starts as many tasks for each response
DOWNLOAD_DELAY = 0  # the gate waits instead
ROBOTSTXT_OBEY = False  # RobotsMiddleware obeys, with one memory for all crawls

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5",
}
# Only what is used, each with the place that Scrapy gives it. It loads all that its own lists name, also what is set to
# None there: cookies, a cache, two consoles and a web server, for .05 s of each start and a share of each request.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.RobotsMiddleware": 100,
    "crawler.middlewares.ValidatorsMiddleware": 110,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "crawler.middlewares.RetryAfterMiddleware": 560,
    "crawler.middlewares.UnpackingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
}
EXTENSIONS_BASE: dict[str, int] = {}
ITEM_PIPELINES = {"crawler.pipelines.ReadingPipeline": 300}
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the source of each callback, and the linter has seen them
LOG_LEVEL = "INFO"  # for the `scrapy` command; `avvisi` configures its own
STATS_DUMP = False
