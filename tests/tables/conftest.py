from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stance.statement import Refusal, Statement
from stance.tables import read_statements

Read = Callable[..., list[Statement | Refusal]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read a content from a file of the given name; errors name the file without its folder."""
    monkeypatch.chdir(tmp_path)

    def read_content(content: bytes | str, name: str = "in.csv", **options: Any) -> list[Statement | Refusal]:
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return list(read_statements(name, **options))

    return read_content
