"""Copies: texts that are nearly the same, told by signatures and kept in groups. Start at ``neardup``."""
