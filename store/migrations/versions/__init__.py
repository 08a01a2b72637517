"""One module a revision. A released one is never changed, and none drops a table."""
