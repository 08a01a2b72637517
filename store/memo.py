"""Remember what a function answered, but nothing long: a cache bounded by its entries alone is not bounded.

A thousand entries are a thousand lines of a page, and a hostile page's line has two million characters.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

More = ParamSpec("More")
Result = TypeVar("Result")
Function = Callable[Concatenate[str, More], Result]


def remember(most: int, *, longest: int) -> Callable[[Function[More, Result]], Function[More, Result]]:
    """Remember the last ``most`` answers of a pure function of a text; one of more than ``longest`` characters never.

    For speed only: it answers the same either way.
    """

    def decorate(function: Function[More, Result]) -> Function[More, Result]:
        cached: Function[More, Result] = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(text: str, /, *more: More.args, **named: More.kwargs) -> Result:
            return (cached if len(text) <= longest else function)(text, *more, **named)

        return answer

    return decorate
