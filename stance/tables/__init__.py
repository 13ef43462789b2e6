"""Tabular files: statements in, results out, in CSV, TSV, JSONL and Parquet."""

from stance.tables.formats import FORMATS, guess_format
from stance.tables.output import Column, Writer
from stance.tables.readers import MAX_CHARS, open_table, read_statements
from stance.tables.rejects import RejectsFile
from stance.tables.rows import Row, Table, Unreadable, WrittenNumber
from stance.tables.writers import open_writer

__all__ = [
    "FORMATS",
    "MAX_CHARS",
    "Column",
    "RejectsFile",
    "Row",
    "Table",
    "Unreadable",
    "Writer",
    "WrittenNumber",
    "guess_format",
    "open_table",
    "open_writer",
    "read_statements",
]
