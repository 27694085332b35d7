"""Make the stored database: a site as an earlier version left it, with everything people do to one.

It is run by the code of that version, from a work tree of it, and uses only what that version has::

    git worktree add --detach ../earlier 2da8f2c
    cd ../earlier
    DJANGO_SETTINGS_MODULE=stretchsite.settings.test DATABASE_URL=sqlite:///earlier.sqlite3 PYTHONPATH=. \
        ../stretchsite/.venv/bin/python ../stretchsite/tests/upgrading/making.py earlier.json
    cd ../stretchsite
    .venv/bin/python -m tests.upgrading.packing ../earlier/earlier.sqlite3 ../earlier/earlier.json

With the address of an empty PostgreSQL database in ``DATABASE_URL`` it makes the same there, to be upgraded by hand.
What a test must know of it is written beside it as JSON: the tokens of its links, and what became of which page.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.search.models import IndexEntry

from clinical.choices import NoteKind, Tier
from clinical.models import NoteTarget, Practitioner, SafetyNote, User
from clinical.models.conflicts import open_conflicts
from clinical.models.overrides import ask_to_override, confirm_override
from clinical.models.withdrawing import ask_to_lift, confirm, lift, withdraw
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models.items import ShareLinkItem
from sharing.models.links import end_of, issue
from stretchsite import setting_up
from stretchsite.models import ConditionPage, InformationPage

LIBRARY = Path(settings.BASE_DIR) / "library" / "starter"
#: One page or note in so many is approved by people; the others stand on the word of their library.
ONE_IN = 2
SECONDS_TO_REVIEW = 20


def person(name: str, group: str) -> User:
    """An account in a group, with a public name."""
    user = User.objects.create_user(name, email=f"{name}@example.org", password=f"{name}-stretches-daily")
    user.groups.add(Group.objects.get(name=group))
    Practitioner.objects.create(account=user, name=f"{name.title()} Example", role="Physiotherapist")
    return user


def fresh(thing: Any) -> Any:
    """The newest version, as the editor opens it."""
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()


def submit(thing: Any, writer: User) -> Any:
    """Save what was changed as a draft of its writer and submit it; returns where it stands."""
    if hasattr(thing, "author_id"):
        thing.author = thing.author or writer
    thing.save_revision(user=writer, log_action=True)
    kept = type(thing).objects.get(pk=thing.pk)
    kept.get_workflow().start(kept, writer)
    return type(thing).objects.get(pk=thing.pk).current_workflow_task_state.specific


def review(thing: Any, writer: User, colleague: User) -> None:
    """Written by one, submitted, approved by another: what is live then is theirs."""
    step = submit(thing, writer)
    due = (timezone.localdate() + timedelta(days=700)).isoformat()
    step.task.specific.on_action(step, colleague, "approve", seen=step.fingerprint(), review_due=due, comment="Read.")


def live(model: Any) -> list[Any]:
    """What is live, in a lasting order."""
    return list(model.objects.filter(live=True).order_by("pk"))


def approve_half(writer: User, colleague: User) -> None:
    """Every second thing is taken over by a practitioner and approved by a colleague."""
    for model in (SafetyNote, ExercisePage, RoutinePage, ConditionPage):
        for thing in live(model)[::ONE_IN]:
            draft = fresh(thing)
            if hasattr(draft, "feel"):
                draft.feel = f"{draft.feel} Nothing more than that."
            elif hasattr(draft, "who_it_is_for"):
                draft.who_it_is_for = f"{draft.who_it_is_for} Read by two."
            else:
                draft.source = f"{draft.source} (read again)"[:255]
            review(draft, writer, colleague)


def edit(writer: User, colleague: User) -> dict[str, Any]:
    """Drafts over what is live: one only saved, one submitted, one approved for a later day, a note submitted."""
    saved, submitted, scheduled = live(ExercisePage)[4:7]
    note = live(SafetyNote)[2]
    draft = fresh(saved)
    draft.not_feel = "A draft that nobody has seen."
    draft.save_revision(user=writer)
    draft = fresh(submitted)
    draft.not_feel = "A draft that waits for a colleague."
    submit(draft, writer)
    draft = fresh(scheduled)
    draft.not_feel = "Approved for a later day."
    draft.go_live_at = timezone.now() + timedelta(days=3650)
    review(draft, writer, colleague)
    draft = fresh(note)
    draft.what_to_do = "A change that waits for a colleague."
    submit(draft, writer)
    return {"saved": saved.slug, "submitted": submitted.slug, "scheduled": scheduled.slug, "note": note.pk}


def share(writer: User) -> dict[str, Any]:
    """Links: one that opens, one with a remark, one revoked, one replaced."""
    routines, made = live(RoutinePage), {}
    for number, name in enumerate(("open", "noted", "revoked", "replaced")):
        routine = routines[number]
        rows = [ShareLinkItem.kept_of(item, place) for place, item in enumerate(routine.items.all())]
        often = {"sessions_per_day": routine.sessions_per_day, "days_per_week": routine.days_per_week}
        note = "Begin gently, and breathe." if name == "noted" else ""
        made[name] = issue(routine, writer, rows, expires_at=end_of(90), note=note, **often)
    made["revoked"].link.revoke()
    made["renewed"] = made["replaced"].link.replace(writer)
    return {name: issued.token for name, issued in made.items()}


def withdraw_some(officer: User, other: User) -> dict[str, Any]:
    """One exercise and one serious note withdrawn; one exercise withdrawn, lifted and published again."""
    used = set(RoutinePage.items.rel.related_model.objects.values_list("exercise_id", flat=True))
    gone = next(page for page in live(ExercisePage) if page.pk not in used)
    back = next(page for page in live(ExercisePage)[::-1] if page.pk in used)
    note = next(note for note in live(SafetyNote)[::-1] if note.tier == Tier.DO_NOT and not note.rules_out_id)
    withdraw(gone, by=officer, reason="It was found to do more harm than good.")
    confirm(withdraw(note, by=officer, reason="The study behind it was taken back."), by=other)
    lifted = withdraw(back, by=officer, reason="A question was open.")
    ask_to_lift(lifted, by=officer, reason="The question is answered.")
    lift(lifted, by=other)
    fresh(back).save_revision(user=officer).publish()
    return {"withdrawn": gone.slug, "lifted": back.slug, "withdrawn_note": note.pk}


def override(writer: User, colleague: User, officer: User) -> dict[str, Any]:
    """A new note rules an exercise out for a routine's condition; two people choose it all the same."""
    routine = live(RoutinePage)[4]
    exercise, use = routine.items.first().exercise, routine.condition_uses.first()
    note = SafetyNote(kind=NoteKind.CONTRAINDICATION, tier=Tier.DO_NOT, text="you had an operation there last month")
    note.source, note.live, note.rules_out = "A textbook", False, use.tag
    note.targets = [NoteTarget(page=exercise.page_ptr)]
    note.save()
    review(note, writer, officer)
    for page in live(RoutinePage):
        for conflict in open_conflicts(page):
            confirm_override(ask_to_override(page, conflict, by=colleague, reason="Seen and agreed."), by=officer)
    for page in live(ConditionPage) + live(ExercisePage):
        for conflict in open_conflicts(page):
            confirm_override(ask_to_override(page, conflict, by=colleague, reason="Seen and agreed."), by=officer)
    return {"overridden": routine.slug}


def close_some(writer: User, colleague: User) -> dict[str, Any]:
    """One page for those who know a word only, and one note whose time is over."""
    restricted = live(ExercisePage)[8]
    expiring = live(SafetyNote)[5]
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=restricted.pk), restriction_type=PageViewRestriction.PASSWORD, password="stretch"
    )
    draft = fresh(expiring)
    draft.expire_at = timezone.now() + timedelta(seconds=SECONDS_TO_REVIEW)
    review(draft, writer, colleague)
    sleep(SECONDS_TO_REVIEW)
    call_command("publish_scheduled", verbosity=0)
    return {"restricted": restricted.slug, "expired_note": expiring.pk}


def make_small() -> None:
    """Leave out what every site makes anew, the search index, and the room it took; one file with nothing beside it."""
    IndexEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = DELETE")
        cursor.execute("VACUUM")


def main(facts: Path) -> None:
    """Make it, in the database the settings name."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("setup_site", verbosity=0)
    call_command("load_library", str(LIBRARY), publish=True, verbosity=0)
    writer, colleague = person("wanda", setting_up.PRACTITIONERS), person("colin", setting_up.REVIEWERS)
    officer, other = person("olive", setting_up.SAFETY_OFFICERS), person("sam", setting_up.SAFETY_OFFICERS)
    User.objects.create_superuser("chief", email="chief@example.org")
    approve_half(writer, colleague)
    known = {"tokens": share(writer), **override(writer, colleague, officer)}
    known |= edit(writer, colleague) | withdraw_some(officer, other) | close_some(writer, colleague)
    known["made_at"] = timezone.now().isoformat()
    known["live"] = {
        model._meta.label_lower: len(live(model))
        for model in (SafetyNote, ExercisePage, RoutinePage, ConditionPage, InformationPage)
    }
    if connection.vendor == "sqlite":
        make_small()
    facts.write_text(json.dumps(known, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
