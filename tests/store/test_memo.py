"""A cache that remembers nothing long."""

from store.memo import remember


def test_what_is_short_is_worked_out_once_and_what_is_long_each_time() -> None:
    asked: list[str] = []

    @remember(8, longest=4)
    def upper(text: str, mark: str = "") -> str:
        """Shout."""
        asked.append(text)
        return text.upper() + mark

    assert [upper("word"), upper("word"), upper("words"), upper("words"), upper("word", "!")] == [
        "WORD", "WORD", "WORDS", "WORDS", "WORD!"]
    assert asked == ["word", "words", "words", "word"]
    assert upper.__doc__ == "Shout."
