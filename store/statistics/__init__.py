"""Statistics: what is in the store, counted, shown and drawn. Start at ``stats``."""
