"""What a text is about: how much it tells of relations between states. Pure; tables are read when first needed.

    rate_relevance(title, text, language) -> Relevance
"""

from crawler.extract.topic.relevance import rate_relevance
from store.subject import Reason, Relevance

__all__ = ["Reason", "Relevance", "rate_relevance"]
