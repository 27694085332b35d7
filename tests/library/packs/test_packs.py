"""A pack of somebody else is refused whole or taken whole; what its publisher withdraws is withdrawn here at once."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.models import NoteTarget, SafetyNote, Withdrawal
from clinical.withdrawal.withdrawing import ask_to_lift, lift, withdraw
from exercises.models import ExercisePage
from library.faults import LibraryFaults
from library.models import HeardRecall, PublishedPack, Subscription
from library.packs import contacting, receiving
from library.packs.contacting import contact_now
from library.packs.opening import PackRefused, opened
from library.packs.pack_keys import new_key_pair, public_key_of, signature_of
from library.reading import read_library
from library.report import Report
from library.writing import look_at, write_library
from stretchsite.webhooks.posting import NotSent, get, within
from testing import factories
from testing.round_trips import emptied_afterwards
from testing.small_library import as_yaml, load, small_library, write
from tests.library.loading import everything_stored

PRIVATE, PUBLIC = new_key_pair()
_ABOUT = {
    **{"id": "riverside", "title": "Riverside", "publisher": "Riverside", "licence": "CC BY 4.0"},
    **{"version": "1", "language": "en"},
}
Files = dict[str, bytes]


def _files() -> Files:
    records = {**small_library(), "library": _ABOUT}
    return {f"{name}.yaml": as_yaml(record).encode() for name, record in records.items()}


def _pack(
    files: Files | None = None,
    *,
    version: int = 1,
    key: str = PRIVATE,
    withdrawn: tuple[str, ...] = (),
    change: Callable[[zipfile.ZipFile], None] = lambda file: None,
    altered: dict[str, bytes] | None = None,
    at: str = "2026-11-01T10:00:00+00:00",
) -> bytes:
    files = _files() if files is None else files
    said = {
        **{"format": 1, "id": "riverside", "publisher": "Riverside", "version": version},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "withdrawn": [
            {
                **{"folder": name.split("/")[0], "id": name.split("/")[1], "title": name},
                **{"reason": "It hurt somebody.", "at": at},
            }
            for name in withdrawn
        ],
    }
    manifest = json.dumps(said).encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**files, **(altered or {})}.items():
            file.writestr(name, content)
        file.writestr("pack.json", manifest)
        file.writestr("pack.sig", signature_of(manifest, key))
        change(file)
    return made.getvalue()


def _open(content: bytes) -> Any:
    return opened(content, identifier="riverside", public_key=PUBLIC)


def _bomb(file: zipfile.ZipFile) -> None:
    file.writestr("notes/bomb.yaml", b"0" * 11 * 1024 * 1024)


def _many_bombs(file: zipfile.ZipFile) -> None:
    for number in range(13):
        file.writestr(f"notes/bomb-{number}.yaml", b"0" * 10 * 1024 * 1024)


def _broken(packing: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as file:
        file.writestr("pack.json", "x" * 500)
        file.writestr("pack.sig", "a")
    content = bytearray(made.getvalue())
    begins = content.find(b"pack.json") + len("pack.json")
    content[begins + 12 : begins + 22] = b"\xff" * 10
    content[begins : begins + 4] = content[begins : begins + 4] if packing == zipfile.ZIP_LZMA else b"\xff" * 4
    return bytes(content)


REFUSED = {
    "a stranger's": (lambda: _pack(key=new_key_pair()[0]), "not signed by its publisher"),
    "altered": (lambda: _pack(altered={"notes/calf-clot.yaml": b"id: calf-clot"}), "notes/calf-clot.yaml is not what"),
    "a file more": (lambda: _pack(altered={"notes/more.yaml": b"id: more"}), "other files than its publisher signed"),
    "no zip": (lambda: b"nothing", "no zip file"),
    "half a zip": (lambda: _pack()[:-100], "no zip file"),
    "too large": (lambda: b"0" * (60 * 1024 * 1024 + 1), "larger than 60 MB"),
    "path upwards": (lambda: _pack(change=lambda file: file.writestr("../evil.yaml", b"")), "which no pack may"),
    "absolute path": (lambda: _pack(change=lambda file: file.writestr("/etc/evil.yaml", b"")), "which no pack may"),
    "path behind a folder": (
        lambda: _pack(change=lambda file: file.writestr("notes/../../a.yaml", b"")),
        "which no pack",
    ),
    "a program": (lambda: _pack(change=lambda file: file.writestr("notes/evil.py", b"")), "which no pack may"),
    "a bomb": (lambda: _pack(change=_bomb), "larger than 10 MB"),
    "packed another way and broken": (lambda: _broken(zipfile.ZIP_LZMA), "no zip file"),
    "packed a third way and broken": (lambda: _broken(zipfile.ZIP_BZIP2), "no zip file"),
    "recalled before there was time": (
        lambda: _pack(withdrawn=("notes/a",), at="0001-01-01T00:00:00+14:00"),
        "was withdrawn cannot be read",
    ),
    "many bombs": (lambda: _pack(change=_many_bombs), "Unpacked it is larger than 120 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_pack_that_is_not_whole_or_not_its_publishers_is_refused_with_the_reason(name: str):
    make, reason = REFUSED[name]
    with pytest.raises(PackRefused, match=reason):
        _open(make())


def test_link_in_a_pack_is_refused():
    info = zipfile.ZipInfo("notes/link.yaml")
    info.external_attr = 0o120777 << 16
    with pytest.raises(PackRefused, match="is a link"):
        _open(_pack(change=lambda file: file.writestr(info, b"/etc/passwd")))


def test_file_that_unpacks_to_more_than_it_says_is_refused():
    content = bytearray(_pack(change=lambda file: file.writestr("notes/a.yaml", b"0" * 5000)))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(PackRefused):
        _open(bytes(content))


def test_signature_is_of_this_pack_and_by_this_key_alone():
    other = new_key_pair()
    assert _open(_pack()).version == 1
    assert public_key_of(PRIVATE) == PUBLIC != other[1]
    with pytest.raises(PackRefused, match="is the pack “riverside”"):
        opened(_pack(), identifier="elsewhere", public_key=PUBLIC)


def test_publisher_is_asked_over_https_and_in_no_private_network():
    with pytest.raises(NotSent, match="not asked without https"):
        get("http://riverside.example/pack.zip", most_bytes=10, most_seconds=1)
    with pytest.raises(NotSent, match="private network"):
        get("https://127.0.0.1/pack.zip", most_bytes=10, most_seconds=1)


def test_publisher_that_sends_too_much_or_too_slowly_is_left():
    class Sending(BytesIO):
        pass

    with pytest.raises(NotSent, match="sends more than"):
        within(Sending(b"0" * 3_000_000), "riverside.example", 1_000_000, float("inf"))
    with pytest.raises(NotSent, match="too slowly"):
        within(Sending(b"0"), "riverside.example", 10, 0.0)


@pytest.fixture
def riverside(set_up_site: None, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], str]:
    """A publisher that is followed: what came of its being asked when it answers with this."""
    settings.PACK_PUBLISHERS = [f"riverside=https://riverside.example/packs/riverside/pack.zip|{PUBLIC}"]

    def asked(content: bytes) -> str:
        monkeypatch.setattr(contacting, "get", lambda *args, **kwargs: content)
        return contact_now("riverside")

    return asked


def test_what_came_is_a_draft_that_nobody_has_approved(riverside: Callable[[bytes], str]):
    assert riverside(_pack()) == "Its records are here, as drafts to review."
    page = ExercisePage.objects.get(library_id="calf-stretch", from_library="riverside")
    assert (page.live, page.reviewer, Subscription.objects.get().version) == (False, None, 1)
    assert riverside(_pack()) == "Nothing new."


def test_refused_pack_writes_nothing_but_why(riverside: Callable[[bytes], str]):
    riverside(_pack(version=5))
    heard = Subscription.objects.get().last_contact
    before = {name: rows for name, rows in everything_stored().items() if "library_subscription" not in name}
    older = riverside(_pack({}, version=4))
    assert older == "Refused: It is version 4, older than 5, which was here already."
    same = _files() | {"README.md": b"other"}
    assert riverside(_pack(same, version=5)).startswith("Refused: It says something else under a version")
    assert riverside(_pack(key=new_key_pair()[0], version=6)).startswith("Refused: It is not signed")
    after = {name: rows for name, rows in everything_stored().items() if "library_subscription" not in name}
    assert after == before
    assert (Subscription.objects.get().version, Subscription.objects.get().last_contact) == (5, heard)


def test_recall_acts_at_once_on_its_own_records_and_says_so_to_readers(
    riverside: Callable[[bytes], str], client: Client
):
    riverside(_pack())
    page = ExercisePage.objects.get(from_library="riverside", library_id="heel-drop")
    said = riverside(_pack(version=2, withdrawn=("exercises/heel-drop", "notes/calf-clot", "exercises/never-here")))
    assert "“exercises/heel-drop” was recalled, and is withdrawn here. Only two people here can lift that." in said
    assert "notes/calf-clot" in said
    held = Withdrawal.objects.open().get()
    assert (held.content_key, held.reason) == (page.content_key, "Recalled by Riverside: It hurt somebody.")
    assert "Recalled by Riverside" in client.get(page.url).content.decode()


def test_recall_never_touches_another_librarys_record(riverside: Callable[[bytes], str], tmp_path: Path):
    load(write(tmp_path, small_library()), publish=True)
    said = riverside(_pack({"library.yaml": as_yaml(_ABOUT).encode()}, withdrawn=("exercises/heel-drop",)))
    assert "recalled" not in said
    assert not Withdrawal.objects.exists()
    assert ExercisePage.objects.get(library_id="heel-drop").live


def test_recall_that_two_people_lifted_here_stays_lifted(riverside: Callable[[bytes], str]):
    riverside(_pack())
    riverside(_pack(version=2, withdrawn=("exercises/heel-drop",)))
    held = Withdrawal.objects.get()
    one, two = factories.UserFactory.create(username="one"), factories.UserFactory.create(username="two")
    ask_to_lift(held, by=one, reason="We looked.")
    lift(held, by=two)
    riverside(_pack(version=3, withdrawn=("exercises/heel-drop",)))
    assert not Withdrawal.objects.open().exists()
    assert HeardRecall.objects.count() == 1


def test_pack_under_another_name_brings_no_records(riverside: Callable[[bytes], str]):
    files = _files() | {"library.yaml": as_yaml({**_ABOUT, "id": "starter"}).encode()}
    assert "its library.yaml does not name it “riverside”" in riverside(_pack(files))
    assert not ExercisePage.objects.exists()


def test_publisher_that_is_not_in_the_settings_is_not_asked(riverside: Callable[[bytes], str]):
    assert contact_now("stranger") == "The settings permit no such publisher."
    assert not Subscription.objects.exists()


def test_silence_of_thirty_days_is_shown(riverside: Callable[[bytes], str], admin_client: Client):
    riverside(_pack())
    assert "No contact for more than 30 days" not in admin_client.get(reverse("followed_packs")).content.decode()
    Subscription.objects.update(last_contact=timezone.now() - timedelta(days=31))
    shown = admin_client.get(reverse("followed_packs")).content.decode()
    assert "No contact for more than 30 days" in shown
    assert PUBLIC in shown.replace("&#x2B;", "+").replace("&#43;", "+")


def test_what_is_withdrawn_here_is_withdrawn_there_on_the_next_contact(
    riverside: Callable[[bytes], str], settings: Any, tmp_path: Path, client: Client
):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PACK_ID, settings.PACK_SIGNING_KEY = "riverside", PRIVATE
    with emptied_afterwards():
        load(write(tmp_path / "in", small_library()), publish=True)
        call_command("publish_pack")
        first = b"".join(client.get("/packs/riverside/pack.zip").streaming_content)  # type: ignore[attr-defined]  # a file is sent in pieces
        call_command("publish_pack")
        assert PublishedPack.objects.get().version == 1
        withdraw(
            ExercisePage.objects.get(library_id="heel-drop"),
            by=factories.UserFactory.create(),
            reason="It hurt somebody.",
        )
        call_command("publish_pack")
        second = b"".join(client.get("/packs/riverside/pack.zip").streaming_content)  # type: ignore[attr-defined]  # a file is sent in pieces
        assert client.get("/packs/riverside/key.txt").content.decode().strip() == PUBLIC
    assert riverside(first) == "Its records are here, as drafts to review."
    assert SafetyNote.objects.get().from_library == "riverside"
    assert "“Heel drop” was recalled, and is withdrawn here." in riverside(second)
    assert Withdrawal.objects.open().get().reason == "Recalled by Stretchsite: It hurt somebody."


def test_no_pack_is_served_where_none_is_published(client: Client, db: None, settings: Any):
    assert client.get("/packs/riverside/pack.zip").status_code == 404
    settings.PACK_ID, settings.PACK_SIGNING_KEY = "riverside", PRIVATE
    assert client.get("/packs/riverside/pack.zip").status_code == 404
    assert client.get("/packs/other/key.txt").status_code == 404


def _from_a_folder(folder: Path, publisher: str = "Riverside") -> Report:
    write(folder, {**small_library(), "library": {**_ABOUT, "publisher": publisher}})
    return write_library(read_library(folder), publish=True, dry_run=False, say=lambda _line: None)


def test_id_of_a_followed_pack_comes_by_the_pack_alone(riverside: Callable[[bytes], str], tmp_path: Path):
    with pytest.raises(LibraryFaults) as refused:
        _from_a_folder(tmp_path)
    (fault,) = map(str, refused.value.faults)
    assert fault.startswith("library.yaml: id: “riverside” is followed here by its signed pack, and comes by no other")
    assert not ExercisePage.objects.exists()
    assert look_at(read_library(tmp_path), publish=False).is_refused
    assert riverside(_pack()) == "Its records are here, as drafts to review."


def test_recall_never_touches_what_somebody_else_had_loaded_under_its_id(
    riverside: Callable[[bytes], str], settings: Any, tmp_path: Path
):
    followed, settings.PACK_PUBLISHERS = settings.PACK_PUBLISHERS, []
    _from_a_folder(tmp_path, "Mallory")
    settings.PACK_PUBLISHERS = followed
    for _contact in range(2):
        said = riverside(_pack(version=2, withdrawn=("exercises/heel-drop",)))
        assert said.startswith("What is here under “riverside” is of “Mallory”, and was not recalled. Its records were")
    assert ExercisePage.objects.get(library_id="heel-drop").live
    assert not HeardRecall.objects.exists()


def test_recall_of_what_came_later_acts_at_the_next_contact(
    riverside: Callable[[bytes], str], settings: Any, tmp_path: Path
):
    named = ("notes/calf-clot", "conditions/calf-cramp", "library")
    few = {f"{name}.yaml": _files()[f"{name}.yaml"] for name in named}
    pack = _pack(few, version=2, withdrawn=("exercises/heel-drop",))
    riverside(pack)
    followed, settings.PACK_PUBLISHERS = settings.PACK_PUBLISHERS, []
    _from_a_folder(tmp_path)
    settings.PACK_PUBLISHERS = followed
    assert "“exercises/heel-drop” was recalled, and is withdrawn here." in riverside(pack)
    assert not ExercisePage.objects.get(library_id="heel-drop").live
    assert riverside(pack) == "Nothing new."


def test_record_that_comes_with_its_own_recall_is_withdrawn_in_the_same_contact(riverside: Callable[[bytes], str]):
    assert "was recalled, and is withdrawn here" in riverside(_pack(withdrawn=("exercises/heel-drop",)))
    assert Withdrawal.objects.open().get().library_id == "heel-drop"


def test_recall_of_what_is_withdrawn_here_already_acts_when_that_is_lifted(riverside: Callable[[bytes], str]):
    riverside(_pack())
    one, two = factories.UserFactory.create(username="one"), factories.UserFactory.create(username="two")
    page = ExercisePage.objects.get(from_library="riverside", library_id="heel-drop")
    held = withdraw(page, by=one, reason="A typing error in step 2.")
    pack = _pack(version=2, withdrawn=("exercises/heel-drop",))
    assert "could not be withdrawn: It is withdrawn already" in riverside(pack)
    assert not HeardRecall.objects.exists()
    ask_to_lift(held, by=one, reason="Mended.")
    lift(held, by=two)
    assert "is withdrawn here" in riverside(pack)
    assert Withdrawal.objects.open().get().reason == "Recalled by Riverside: It hurt somebody."


def test_recall_of_an_only_red_flag_is_tried_again_until_it_can_be(riverside: Callable[[bytes], str]):
    riverside(_pack())
    SafetyNote.objects.update(live=True)
    pack = _pack(version=2, withdrawn=("notes/calf-clot",))
    assert "could not be withdrawn: “Calf cramp” would have no red flag left" in riverside(pack)
    NoteTarget.objects.filter(condition__isnull=False).delete()
    assert "a second person must agree" in riverside(pack)
    assert riverside(pack) == "Nothing new."


def test_recall_that_goes_wrong_stops_none_after_it(riverside: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch):
    riverside(_pack())

    def one_goes_wrong(thing: Any, **asked: Any) -> Any:
        return withdraw(thing, **asked) if thing.library_id != "heel-drop" else {}["nothing"]

    monkeypatch.setattr(receiving, "withdraw", one_goes_wrong)
    pack = _pack(version=2, withdrawn=("exercises/heel-drop", "exercises/calf-stretch"))
    assert "“exercises/heel-drop” was recalled and could not be withdrawn: KeyError." in riverside(pack)
    assert Withdrawal.objects.open().get().library_id == "calf-stretch"
    monkeypatch.setattr(contacting, "receive", one_goes_wrong)
    assert riverside(_pack(version=3)).startswith("It went wrong: ")
    assert Subscription.objects.get().state.startswith("It went wrong: ")
