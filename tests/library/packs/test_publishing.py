"""What this site publishes: whatever was published once and is withdrawn is recalled, come what may of the records."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.models import PageViewRestriction

from clinical.models import Picture, SafetyNote
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExercisePage, Variation
from library.models import PublishedPack
from library.packs import publishing_packs as making
from library.packs.opening import opened
from library.packs.pack_keys import new_key_pair
from stretchsite.models import ConditionPage
from testing import factories
from testing.small_library import load, small_library, write

PRIVATE, PUBLIC = new_key_pair()


@pytest.fixture
def own(set_up_site: None, db: None, settings: Any, tmp_path: Path) -> None:
    """A site that publishes what was written on it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PACK_ID, settings.PACK_SIGNING_KEY = "riverside", PRIVATE
    load(write(tmp_path / "in", small_library()), publish=True)
    for model in (ExercisePage, ConditionPage, SafetyNote):
        model.objects.update(library_id="", library_digest="")


def _publish(**options: Any) -> str:
    out = StringIO()
    call_command("publish_pack", stdout=out, stderr=out, **options)
    return out.getvalue()


def _newest() -> Any:
    """The newest pack, opened as any follower opens it."""
    with default_storage.open(PublishedPack.objects.all()[0].file) as file:
        return opened(file.read(), identifier="riverside", public_key=PUBLIC)


def _recalled() -> list[str]:
    return [f"{each.folder}/{each.identifier}" for each in _newest().withdrawn]


def _withdraw(page: Any) -> None:
    withdraw(page, by=factories.UserFactory.create(), reason="It hurt somebody.")


@pytest.mark.usefixtures("own")
def test_what_is_withdrawn_is_recalled_under_the_id_it_was_published_under():
    _publish()
    ExercisePage.objects.filter(slug="heel-drop").update(slug="heel-lowering")
    ConditionPage.objects.update(slug="cramp-in-the-calf")
    _publish()
    assert {"exercises/heel-drop.yaml", "conditions/calf-cramp.yaml"} <= set(_newest().files)
    assert "exercises/heel-lowering.yaml" not in _newest().files
    _withdraw(ExercisePage.objects.get(slug="heel-lowering"))
    _withdraw(ConditionPage.objects.get())
    _publish()
    assert _recalled() == ["exercises/heel-drop", "conditions/calf-cramp"]


@pytest.mark.usefixtures("own")
def test_what_was_withdrawn_and_deleted_is_recalled_for_good_and_its_id_goes_to_nothing_else():
    _publish()
    page = ExercisePage.objects.get(slug="heel-drop")
    _withdraw(page)
    Variation.objects.all().delete()
    page.delete()
    ExercisePage.objects.filter(slug="easy-walking").update(slug="heel-drop")
    _publish()
    assert _recalled() == ["exercises/heel-drop"]
    assert "exercises/heel-drop.yaml" not in _newest().files


@pytest.mark.usefixtures("own")
def test_what_was_never_published_is_not_told_of():
    page = ExercisePage.objects.get(slug="heel-drop")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    _publish()
    _withdraw(page)
    _publish()
    assert _recalled() == []


@pytest.mark.usefixtures("own")
def test_older_run_overwrites_no_newer_one(monkeypatch: pytest.MonkeyPatch):
    _publish()
    export = making.export

    def slowly(*args: Any) -> Any:
        outcome = export(*args)
        monkeypatch.setattr(making, "export", export)
        _withdraw(ExercisePage.objects.get(slug="heel-drop"))
        _publish()
        return outcome

    monkeypatch.setattr(making, "export", slowly)
    said = _publish()
    assert (_recalled(), _newest().version) == (["exercises/heel-drop"], 2)
    assert "exercises/heel-drop.yaml" not in _newest().files
    assert said.startswith("Version 2 is published.\n")


@pytest.mark.usefixtures("own")
def test_what_is_withdrawn_while_a_pack_is_made_is_recalled_in_it(monkeypatch: pytest.MonkeyPatch):
    _publish()
    export = making.export

    def slowly(*args: Any) -> Any:
        outcome = export(*args)
        _withdraw(ExercisePage.objects.get(slug="heel-drop"))
        return outcome

    monkeypatch.setattr(making, "export", slowly)
    _publish()
    assert _recalled() == ["exercises/heel-drop"]


@pytest.mark.usefixtures("own")
def test_only_the_two_newest_files_are_kept():
    written = []
    for number in range(4):
        ExercisePage.objects.filter(slug="heel-drop").update(purpose=f"Stretches {number}.")
        _publish()
        written.append(PublishedPack.objects.all()[0].file)
    assert [default_storage.exists(name) for name in written] == [False, False, True, True]


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_PACK_BYTES", "MOST_UNPACKED_BYTES", "MOST_BYTES_OF_A_FILE", ""])
def test_what_is_withdrawn_is_recalled_though_the_records_cannot_go_out(limit: str, monkeypatch: pytest.MonkeyPatch):
    _publish()
    _withdraw(ExercisePage.objects.get(slug="heel-drop"))
    if limit:
        monkeypatch.setattr(making, limit, 0)
    else:
        monkeypatch.setattr(making, "export", lambda *_args: 1 / 0)
    with pytest.raises(CommandError, match="only what was withdrawn is published"):
        _publish()
    assert (_newest().version, _recalled()) == (2, ["exercises/heel-drop"])
    assert set(_newest().files) == {"library.yaml", "README.md"}


@pytest.mark.usefixtures("own")
def test_picture_without_its_file_stays_behind_and_that_is_said():
    drawn = BytesIO()
    Image.new("RGB", (60, 40)).save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), "wall.png")
    picture = Picture.objects.create(title="A wall", alternative_text="A wall", consent="nobody_shown", file=file)
    ExercisePage.objects.filter(slug="heel-drop").update(photo=picture)
    picture.file.storage.delete(picture.file.name)
    said = _publish()
    assert f"Left out: picture {picture.pk}: its file is not there, or larger than it may be" in said
    assert "exercises/heel-drop.yaml" in _newest().files


@pytest.mark.usefixtures("own")
def test_version_goes_on_above_the_one_followers_have_after_a_restored_backup():
    _publish()
    _publish(above=7)
    assert _newest().version == 8
    _publish(above=7)
    assert _newest().version == 8
