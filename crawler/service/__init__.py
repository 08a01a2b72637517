"""Service: what only `avvisi run` needs: its watch over sources, small answers, messages. Start at ``watch``."""
