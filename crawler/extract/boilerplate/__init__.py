"""Boilerplate: rules that take lines out of a reading and keep what they say. Start at ``rules``."""
