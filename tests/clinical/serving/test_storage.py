"""A file in storage is there whole or not at all, at whichever step its writing is cut short."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile

from clinical.serving import storage
from clinical.serving.storage import UNFINISHED, NotKept, WholeFiles

OLD, NEW = b"old " * 20_000, b"new " * 40_000


class Torn(ContentFile):
    """Content that comes in pieces, with something done between them."""

    def __init__(self, content: bytes, between: Callable[[], Any]) -> None:
        super().__init__(content)
        self.between = between

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Three pieces."""
        content = self.read()
        for start in range(0, len(content), len(content) // 3 + 1):
            yield content[start : start + len(content) // 3 + 1]
            self.between()


def full() -> None:
    """A disk without room."""
    raise OSError(28, "No space left on device")


def kill() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def whole_files(folder: Path) -> list[bytes]:
    """What stands under names of their own."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file() and UNFINISHED not in path.parts]


def leftovers(folder: Path) -> list[Path]:
    return list((folder / UNFINISHED).iterdir()) if (folder / UNFINISHED).exists() else []


#: Each step of a write, as what it is called and where.
STEPS = [(os, "fsync"), (os, "fdopen"), (Path, "chmod"), (Path, "stat"), (Path, "hardlink_to"), (Path, "mkdir")]


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _owner, step in STEPS])
@pytest.mark.parametrize("is_second_try", [False, True])
def test_write_that_fails_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, step: str, is_second_try: bool
):
    files = WholeFiles(tmp_path)
    files.save("kept/a.bin", ContentFile(OLD))
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, lambda *_args, **_more: full())
        with pytest.raises(NotKept, match="No space left"):
            files.save("kept/b.bin", ContentFile(NEW))
    assert whole_files(tmp_path) == [OLD]
    assert leftovers(tmp_path) == []
    if is_second_try:
        assert files.save("kept/b.bin", ContentFile(NEW)) == "kept/b.bin"
        assert sorted(whole_files(tmp_path)) == [NEW, OLD]


def test_content_that_breaks_off_leaves_nothing(tmp_path: Path):
    with pytest.raises(NotKept):
        WholeFiles(tmp_path).save("kept/a.bin", Torn(NEW, full))
    assert (whole_files(tmp_path), leftovers(tmp_path)) == ([], [])


def test_disk_that_swallows_bytes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shorter = type("Shorter", (), {"st_size": 5, "st_mtime": 0.0})
    monkeypatch.setattr(Path, "stat", lambda *_args, **_more: shorter)
    with pytest.raises(NotKept, match="5 bytes instead of"):
        WholeFiles(tmp_path).save("a.bin", ContentFile(NEW))


def test_process_killed_while_it_writes_leaves_no_file_and_the_next_clears_up(tmp_path: Path):
    child = os.fork()
    if child == 0:  # pragma: no cover - the child ends by being killed
        WholeFiles(tmp_path).save("kept/a.bin", Torn(NEW, kill))
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert whole_files(tmp_path) == []
    [leftover] = leftovers(tmp_path)
    WholeFiles(tmp_path).save("kept/b.bin", ContentFile(NEW))
    assert leftover.exists(), "it may belong to somebody who still writes"
    os.utime(leftover, (0, 0))
    WholeFiles(tmp_path).save("kept/c.bin", ContentFile(NEW))
    assert leftovers(tmp_path) == []


def test_name_that_is_taken_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = WholeFiles(tmp_path)
    files.save("a.bin", ContentFile(OLD))
    free = iter(["a.bin", "a_2.bin"])  # somebody else takes the name after it was found free
    monkeypatch.setattr(WholeFiles, "get_available_name", lambda _self, _name, max_length=None: next(free))
    assert files.save("a.bin", ContentFile(NEW)) == "a_2.bin"
    assert (tmp_path / "a.bin").read_bytes() == OLD


def test_overwriting_replaces_a_whole_file_by_a_whole_file(tmp_path: Path):
    files = WholeFiles(tmp_path, allow_overwrite=True)
    files.save("a.bin", ContentFile(OLD))
    with pytest.raises(NotKept):
        files.save("a.bin", Torn(NEW, full))
    assert whole_files(tmp_path) == [OLD]
    assert files.save("a.bin", ContentFile(NEW)) == "a.bin"
    assert whole_files(tmp_path) == [NEW]


def test_everything_that_has_content_can_be_saved(tmp_path: Path):
    upload = TemporaryUploadedFile("a.bin", "application/octet-stream", len(NEW), None)
    upload.write(NEW)
    files = WholeFiles(tmp_path, directory_permissions_mode=0o750)
    with Path(__file__).open("rb") as opened:
        names = [files.save("a/b/c.bin", content) for content in (upload, ContentFile("words"), File(opened))]
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in names] == [0o644] * 3
    assert (tmp_path / names[1]).read_text() == "words"
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o750
    assert storage.UNFINISHED.startswith(".")
