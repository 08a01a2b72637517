"""Timetable: when each source is due, why, and who runs it. Start at ``dues``."""
