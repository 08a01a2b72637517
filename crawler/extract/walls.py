"""What stands where an article should and is none: a check of who asks, a door to pay at, a shell that scripts fill.

An article about such things is longer, or says other things as well, and begins its sentences otherwise.
"""

import re
from collections.abc import Iterable, Sequence

import lxml.html

from crawler.extract.body.blocks import Blocks
from crawler.extract.line_forms import asks_the_reader, is_prose
from crawler.extract.text import fold
from crawler.extract.words import any_of
from crawler.extract.words.walls import CHALLENGES, OFFERS, PAYWALLS, REFUSALS

LONGEST = 2_000  # characters; the longest check seen, with its questions and answers, has 1,300
LONGEST_NOTICE = 300  # characters; a longer line that says so among other things is a paragraph of an article
SHARE = 0.5  # of the characters of a text, on lines of the notice
SHELL_LONGEST = 250  # characters of all that a page shows; a menu and a footer of a shell have less
SENTENCE = r"(?:^|[.!?…:|·。！？؟।]\s*|^[\w-]+(?:\.[\w-]+)+\s+|^[^\w]+)"  # a host's name may come first
CHALLENGE = re.compile(rf"{SENTENCE}(?:{any_of(CHALLENGES)}|{any_of(REFUSALS)}\s*(?:$|[.!…。！|([]))")
PAYWALL = re.compile(f"{SENTENCE}(?:{any_of(PAYWALLS)}|{any_of(OFFERS)})")
# Scripts of services that check who asks; on a page that shows an article they mean nothing.
CHECKS = re.compile(
    r"_cf_chl_opt|/cdn-cgi/challenge-platform/h/|captcha-delivery\.com|_Incapsula_Resource|px-captcha|"
    r"awsWafCookieDomainList|ddos-guard|__sucuri|human-challenge|/_sec/cp_challenge"
)
DETAILS = {
    "challenge": "the page checks who asks, or refuses, and shows no article",
    "paywall": "the page says that one must subscribe, and shows no article",
    "empty_shell": "the page is empty until its scripts fill it",
}


def name_wall(lines: Sequence[str], *, is_open: bool = False) -> str | None:
    """Name what a text is instead of an article: ``challenge``, ``paywall``; None for an article.

    ``is_open``: the page says that its article is free to read.
    """
    total = sum(map(len, lines))
    if not total or total > LONGEST:
        return None
    if _share(lines, CHALLENGE) >= SHARE:
        return "challenge"
    return "paywall" if not is_open and is_paywall_notice(lines) else None


def is_paywall_notice(lines: Sequence[str]) -> bool:
    """Tell whether a text says that one must subscribe, and nothing else that is a sentence of some length."""
    notice = [line for line in lines if is_paywall_line(line)]
    if not notice:
        return False
    others = [line for line in lines if line not in notice and not asks_the_reader(line)]
    return not any(map(is_prose, others))


def is_paywall_line(line: str) -> bool:
    """Tell whether a line says that one must subscribe or sign in to read on."""
    return len(line) <= LONGEST_NOTICE and bool(PAYWALL.search(fold(line)))


def name_emptiness(tree: lxml.html.HtmlElement, page: Blocks) -> str | None:
    """Name why a page has no text that could be an article: ``challenge``, ``paywall``, ``empty_shell``."""
    shown = [block.text for block in page.blocks]
    wall = name_wall(shown)
    if wall is not None:
        return wall
    scripts = list(_find_scripts(tree))
    if sum(map(len, shown)) > LONGEST or not scripts:
        return None
    if any(CHECKS.search(script) for script in scripts):
        return "challenge"
    return "empty_shell" if sum(map(len, shown)) <= SHELL_LONGEST else None


def _share(lines: Iterable[str], pattern: re.Pattern[str]) -> float:
    lengths = [(len(line), bool(pattern.search(fold(line)))) for line in lines]
    return sum(length for length, matches in lengths if matches) / max(1, sum(length for length, _ in lengths))


def _find_scripts(tree: lxml.html.HtmlElement) -> Iterable[str]:
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":
            yield f"{script.get('src') or ''} {(script.text or '')[:20_000]}"
