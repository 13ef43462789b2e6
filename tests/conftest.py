"""What all tests share: a small trained model, a cache folder of their own, and the program as a process."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from sample_texts import PROGRAM, label_csv, label_rows

from stance.cli.main import main
from stance.model import StanceClassifier
from stance.score import StanceModel, load
from stance.train import train

settings.register_profile("stance", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stance")


@pytest.fixture(scope="session", autouse=True)
def _own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every process that it starts, away from the user's cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for one test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def labels_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample texts as a label file."""
    path = tmp_path_factory.mktemp("labels") / "sample.csv"
    path.write_text(label_csv(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def bundle_folder(labels_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model on disk. Copy it before you change it."""
    folder = tmp_path_factory.mktemp("bundle") / "small"
    train([labels_file], folder, parameters={"max_features": 4000})
    return folder


@pytest.fixture(scope="session")
def model(bundle_folder: Path) -> StanceModel:
    """The small model, loaded."""
    return load(bundle_folder)


@pytest.fixture(scope="session")
def default_model() -> StanceModel:
    """The shipped model."""
    return load()


@pytest.fixture(scope="session")
def pairs() -> pd.DataFrame:
    """The sample pairs: ``text, target, label, document``; three rows a text."""
    return pd.DataFrame(
        [
            {"text": row["text"], "target": target, "label": row[target], "document": row["id"]}
            for row in label_rows()
            for target in ("ISR", "IRN", "USA")
        ]
    )


@pytest.fixture(scope="session")
def classifier(pairs: pd.DataFrame) -> StanceClassifier:
    """A classifier fitted on the sample pairs. Clone it before you fit or change it."""
    return StanceClassifier().fit(pairs, pairs["label"], pairs["document"])


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the program in a process: ``run("score", "-", input=b"...")``."""

    def call(
        *arguments: str | Path, input: bytes | None = b"", **more: Any
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)], input=input, capture_output=True, timeout=120, **more
        )

    return call


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the program within this process, its own ending included: as `run`, in a tenth of the time."""

    def call_main(
        *arguments: str | Path, input: bytes = b"", cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(input), encoding="utf-8"))
            if cwd is not None:
                patch.chdir(cwd)
            with pytest.raises(SystemExit) as ended:
                main([*map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out, err)

    return call_main
