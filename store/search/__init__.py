"""Search: records found by their words, in any script. Start at ``index``."""
