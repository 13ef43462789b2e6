"""From a news article to attributed official statements."""

from stance.extraction.api import MAX_CHARS, extract
from stance.extraction.articles import CSV_COLUMNS, csv_row, read_article, read_article_bytes
from stance.extraction.records import Attribution

__all__ = [
    "CSV_COLUMNS",
    "MAX_CHARS",
    "Attribution",
    "csv_row",
    "extract",
    "read_article",
    "read_article_bytes",
]
