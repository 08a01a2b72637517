"""Network: where requests leave, whose turn it is, and which addresses are never asked. Start at ``handler``."""
