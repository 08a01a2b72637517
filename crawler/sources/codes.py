"""Which codes name a language (ISO 639) and a country (ISO 3166-1 alpha-2, and XK for Kosovo).

The tables are the Unicode CLDR's, through Babel, which trafilatura brings along already: a dedicated package
(pycountry, langcodes) would add up to 30 MB for names in languages we do not show.
"""

from functools import cache

from babel import Locale
from babel.core import get_global

# CLDR knows these beside the standard's: reserved by ISO, not assigned. XK is left in, as the press uses it.
_NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# "undetermined", "several" and "no linguistic content" are answers, not languages.
_NO_LANGUAGE = {"und", "mul", "zxx"}


def is_language(code: str) -> bool:
    """Tell whether ``code`` is an ISO 639 code, in lower case, of a language."""
    return code in _languages()


def is_country(code: str) -> bool:
    """Tell whether ``code`` is an ISO 3166-1 alpha-2 code, in upper case, or XK."""
    return code in _countries()


def find_language(text: str) -> str | None:
    """Return the language code that ``text`` stands for: ``sqi``, ``iw``, ``EN``, ``en-GB``, ``de_DE.UTF-8``."""
    code = text.strip().replace("_", "-").split("-")[0].split(".")[0].lower()
    code = _alias("language_aliases", code)
    return code if is_language(code) else None


def find_country(text: str) -> str | None:
    """Return the country code that ``text`` stands for: ``gb``, ``UK``, ``DEU``."""
    code = _alias("territory_aliases", text.strip().upper())
    return code if is_country(code) else None


def _alias(table: str, code: str) -> str:
    """Follow CLDR from an old or longer code to today's; one that was split into several stays as it is."""
    target = get_global(table).get(code, code)  # type: ignore[arg-type]  # the name is one of Babel's literals
    if isinstance(target, list):
        target = target[0] if len(target) == 1 else code
    return str(target).split("_")[0]


@cache
def _languages() -> frozenset[str]:
    spoken = {str(code) for languages in get_global("territory_languages").values() for code in languages}
    named = {str(code) for code in Locale("en").languages}
    return frozenset(code for code in spoken | named
                     if code.isalpha() and code.islower() and len(code) in (2, 3)) - _NO_LANGUAGE


@cache
def _countries() -> frozenset[str]:
    named = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in named if len(code) == 2 and code.isalpha()) - _NO_COUNTRY
