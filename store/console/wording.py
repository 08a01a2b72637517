"""Numbers in a sentence."""


def write_count(number: int, thing: str, things: str | None = None) -> str:
    """Write how many there are: ``1 record``, ``1,200 records``, ``2 copies``."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
