"""Facts: what a page states about its article, in JSON-LD, in tags, around its heading. Start at ``page_facts``."""
