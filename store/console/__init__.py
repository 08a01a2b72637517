"""Console: what every command shares, its options, its way of asking, printing and failing. Start at ``command``."""
