"""Files and folders that appear whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stance.errors import UsageError


def check_output(path: Path, *, force: bool) -> None:
    """Find out before any work whether a file or folder can be written.

    Raises
    ------
    UsageError
        If it exists and `force` is off, its folder is missing, or cannot be written to.
    """
    if path.name in ("", ".."):
        raise UsageError(f"{path}: names no file or folder to write; give it a name")
    parent = path.absolute().parent
    try:
        if path.exists() and not force:
            raise UsageError(f"{path}: exists already; choose another name or replace it with --force")
        if not parent.is_dir():
            raise UsageError(f"{path}: there is no folder {parent}; create it first")
        handle, probe = tempfile.mkstemp(dir=parent, prefix=".stance-")
        os.close(handle)
        Path(probe).unlink()
    except OSError as error:
        raise UsageError(f"{path}: cannot be written in {parent} ({error.strerror})") from None


@contextmanager
def replace_file(path: Path, *, force: bool) -> Iterator[Path]:
    """Give a temporary path to write to; it takes the name of `path` when the block ends without an error."""
    check_output(path, force=force)
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file")
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:50]}.", suffix=".part")
    os.close(handle)
    new = Path(name)
    try:
        yield new
        _as_created(new, 0o666)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def replace_folder(path: Path, *, force: bool) -> Iterator[Path]:
    """Give a temporary folder to fill; it takes the name of `path` when the block ends without an error."""
    check_output(path, force=force)
    new = Path(tempfile.mkdtemp(dir=path.absolute().parent, prefix=f".{path.name[:50]}."))
    try:
        yield new
        _as_created(new, 0o777)
        if path.exists():
            old = Path(tempfile.mkdtemp(dir=path.absolute().parent, prefix=f".{path.name[:50]}.old."))
            path.replace(old / path.name)
            try:
                new.replace(path)
            except BaseException:
                (old / path.name).replace(path)
                raise
            finally:
                shutil.rmtree(old)
        else:
            new.replace(path)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _as_created(path: Path, mode: int) -> None:
    """Give the permissions that an ordinary creation gives: temporary files are private."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(mode & ~mask)
