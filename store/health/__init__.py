"""Health: what is wrong with a source, told from its own history. Start at ``watching``."""
