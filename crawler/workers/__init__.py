"""Workers: processes that read pages off the event loop, within a time and a memory. Start at ``readers``."""
