"""Files in a bucket: whole or not there, never one over another, and nobody waits for the server without end."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile

from clinical.serving import bucket_files, outside
from clinical.serving.bucket_files import BucketFiles
from clinical.serving.outside import Outside
from clinical.serving.waiting import Patience, StorageAway, waiting_at_most
from stretchsite.settings.buckets import Bucket
from tests import bucket_server

NEW, OTHER = b"new " * 40_000, b"other " * 100


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with bucket_server.serving() as address:
        yield address


@pytest.fixture
def bucket(endpoint: str, settings: Any) -> Bucket:
    """An empty one, which the site uses."""
    settings.BUCKET = bucket_server.new_bucket(endpoint)
    return settings.BUCKET


@pytest.fixture
def bad(bucket: Bucket, settings: Any) -> Iterator[Any]:
    """A server that does what it is told, in the place of the whole one."""
    with bucket_server.bad_server() as server:
        settings.BUCKET = dataclasses.replace(bucket, endpoint=server.endpoint)
        yield server


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Patience]:
    """Somebody who waits for an answer, and not long."""
    monkeypatch.setattr(bucket_files, "READ_SECONDS", 0.5)
    with waiting_at_most(Patience(each=3, lock=1, files=1.0)) as held:
        yield held


def test_file_is_kept_and_read_by_every_machine(bucket: Bucket):
    one, other = BucketFiles(), BucketFiles()
    assert one.save("images/a.webp", ContentFile(NEW)) == "images/a.webp"
    with other.open("images/a.webp") as file:
        assert file.read() == NEW
    assert (other.exists("images/a.webp"), other.size("images/a.webp")) == (True, len(NEW))
    assert other.listdir("images") == ([], ["a.webp"])
    other.delete("images/a.webp")
    assert (one.exists("images/a.webp"), one.listdir("images")) == (False, ([], []))
    one.delete("images/a.webp")


def test_words_are_kept_and_text_is_read_from_where_it_begins(bucket: Bucket):
    content = ContentFile("words")
    content.read()
    BucketFiles().save("a.txt", content)
    assert bucket_server.files_in(bucket) == {"a.txt": b"words"}


def test_what_is_not_there_is_not_found(bucket: Bucket):
    for asked in (BucketFiles().open, BucketFiles().size):
        with pytest.raises(FileNotFoundError):
            asked("images/a.webp")
    with pytest.raises(ValueError, match="by save"):
        BucketFiles().open("images/a.webp", "wb")


def test_name_that_is_taken_is_never_written_over(bucket: Bucket, monkeypatch: pytest.MonkeyPatch):
    files = BucketFiles()
    files.save("documents/a.pdf", ContentFile(NEW))
    assert files.save("documents/a.pdf", ContentFile(OTHER)) != "documents/a.pdf"
    free = iter(["documents/a.pdf", "documents/a_2.pdf"])  # somebody takes the name after it was found free
    monkeypatch.setattr(BucketFiles, "get_available_name", lambda *_args, **_more: next(free))
    assert files.save("documents/a.pdf", ContentFile(OTHER)) == "documents/a_2.pdf"
    assert bucket_server.files_in(bucket)["documents/a.pdf"] == NEW


def test_nothing_is_public_and_no_address_leads_to_the_server(bucket: Bucket):
    files = BucketFiles()
    files.save("original_images/a b.png", ContentFile(NEW))
    client = bucket_server.client_of(bucket)
    granted = client.get_object_acl(Bucket=bucket.name, Key="original_images/a b.png")["Grants"]
    assert [grant["Grantee"]["Type"] for grant in granted] == ["CanonicalUser"]
    assert files.url("original_images/a b.png") == "/media/original_images/a%20b.png"


def test_keys_are_in_no_task_and_no_message(bucket: Bucket):
    assert BucketFiles().deconstruct() == ("clinical.serving.bucket_files.BucketFiles", (), {})
    assert "secret" not in repr(bucket)


@pytest.mark.parametrize("does", [bucket_server.HANGS, bucket_server.TRICKLES, bucket_server.BREAKS_OFF])
def test_answer_that_does_not_come_whole_is_none_and_not_waited_for(bad: Any, reader: Patience, does: str):
    bad.does = does
    with bucket_server.within(1.0), pytest.raises(StorageAway):
        BucketFiles().open("figures/a.svg")


@pytest.mark.parametrize("does", [bucket_server.REFUSES, bucket_server.FULL, bucket_server.BROKEN])
def test_whatever_a_server_says_instead_of_taking_a_file_is_said_in_words_our_callers_know(bad: Any, does: str):
    bad.does = does
    files = BucketFiles()
    for asked in (files.open, files.exists, files.size, files.listdir, files.delete):
        with pytest.raises(StorageAway, match=r"The storage answered \d+"):
            asked("figures/a.svg")
    with pytest.raises(StorageAway, match=r"The storage answered \d+"):
        files._save("figures/a.svg", ContentFile(NEW))


def test_no_server_and_no_bucket_are_a_storage_that_is_away(bucket: Bucket, settings: Any, reader: Patience):
    settings.BUCKET = dataclasses.replace(bucket, name="nobody-made-it")
    with pytest.raises(StorageAway, match="NoSuchBucket"):
        BucketFiles().open("a.svg")
    with pytest.raises(StorageAway, match="NoSuchBucket"):
        BucketFiles().save("a.svg", ContentFile(NEW))
    settings.BUCKET = dataclasses.replace(bucket, endpoint=bucket_server.nobody_there())
    with pytest.raises(StorageAway):
        BucketFiles().open("a.svg")


def test_file_that_comes_to_the_server_torn_is_not_taken(bad: Any, monkeypatch: pytest.MonkeyPatch):
    bad.does = bucket_server.CHECKS
    BucketFiles()._save("a.svg", ContentFile(NEW))
    monkeypatch.setattr(bucket_files, "_checksum", lambda body: "of something else")
    with pytest.raises(StorageAway, match="BadDigest"):
        BucketFiles()._save("a.svg", ContentFile(NEW))
    assert bad.asked == 2, "the torn one was sent once"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (501, "<Code>NotImplemented</Code>"),
        (501, ""),
        (400, "<Code>NotImplemented</Code>"),
        (400, "<Code>InvalidArgument</Code><ArgumentName>if-none-match</ArgumentName>"),
        (400, "<Code>InvalidArgument</Code><Message>Unsupported header If-None-Match</Message>"),
    ],
)
def test_server_that_knows_no_condition_is_sent_the_file_without_one(bad: Any, status: int, said: str):
    bad.does, bad.condition = bucket_server.CHECKS, (status, said)
    assert BucketFiles()._save("a.svg", ContentFile(NEW)) == "a.svg"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "<Code>BadDigest</Code>"),
        (400, "<Code>InvalidArgument</Code><ArgumentName>x-amz-acl</ArgumentName>"),
        (400, "<Code>RequestTimeout</Code><Message>If-None-Match</Message>"),
        (403, "<Code>NotImplemented</Code>"),
    ],
)
def test_whatever_else_is_wrong_no_file_is_sent_without_the_condition(bad: Any, status: int, said: str):
    bad.does, bad.condition = bucket_server.CHECKS, (status, said)
    with pytest.raises(StorageAway, match=f"The storage answered {status}"):
        BucketFiles()._save("a.svg", ContentFile(NEW))


def test_server_that_was_away_is_left_alone_for_a_moment_and_then_asked_again(
    bad: Any, reader: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outside, "LEFT_ALONE_SECONDS", 0.3)
    bad.does, files = bucket_server.BROKEN, BucketFiles()
    for _time in range(5):
        with pytest.raises(StorageAway):
            files.open("a.svg")
    before = bad.asked
    assert before <= 2
    time.sleep(0.3)
    with pytest.raises(StorageAway):
        files.open("a.svg")
    assert bad.asked > before


def test_one_request_waits_for_all_its_files_together(monkeypatch: pytest.MonkeyPatch):
    server, told = Outside(), []
    with waiting_at_most(Patience(each=3, lock=1, files=0.25)), bucket_server.within(0.6):
        for _file in range(10):
            try:
                server.asked(lambda: time.sleep(0.1), most=2)
                told.append("read")
            except StorageAway:
                told.append("away")
    assert told == ["read", "read", *["away"] * 8]


def test_command_waits_longer_and_asks_whatever_was_before(monkeypatch: pytest.MonkeyPatch):
    server = Outside()
    server.leave_alone()
    assert server.asked(lambda: time.sleep(0.1) or "read", most=0.01) == "read"
    monkeypatch.setattr(outside, "COMMAND_SECONDS", 0.05)
    ends = threading.Event()
    with pytest.raises(StorageAway, match="not answered within"):
        server.asked(lambda: ends.wait(1), most=2)
    ends.set()


def test_server_that_calls_every_name_taken_is_not_asked_for_ever(bucket: Bucket, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def taken(self: BucketFiles, sent: dict[str, Any]) -> None:
        asked.append(sent["Key"])
        raise FileExistsError(sent["Key"])

    monkeypatch.setattr(BucketFiles, "_put", taken)
    with pytest.raises(StorageAway, match="every name"):
        BucketFiles().save("handouts/one.pdf", ContentFile(b"one"))
    assert len(asked) == 10
