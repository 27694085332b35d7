"""Making a share link in the admin: one screen, refusals that say why, and a link that is shown once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from clinical.models import NoteTarget, User, Withdrawal
from clinical.withdrawal import withdrawing
from clinical.withdrawal.impact import affected_by
from clinical.words.choices import NoteKind, Tier
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from sharing.choices import ShareState
from sharing.models import Programme, ShareLink
from sharing.views.giving_programme import ShareProgramme
from testing import factories
from testing.programmes import as_programme
from tests.built_once import built_once
from tests.sharing.share_links import every_table

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="(http://testserver/s/[\w-]{43}/)"')


@pytest.fixture(autouse=True)
def _groups(set_up_site: None, db: None) -> None:
    """Every site has them."""


def person(group: str, **fields: Any) -> User:
    account = factories.UserFactory.create(**fields)
    account.groups.add(Group.objects.get(name=group))
    return account


@pytest.fixture
@built_once
def giver() -> User:
    return person("Practitioners", username="giver")


@pytest.fixture
def desk(client: Client, giver: User, routine: RoutinePage) -> Client:
    client.force_login(giver)
    return client


def screen(routine: RoutinePage) -> str:
    return reverse("sharing_make", args=[routine.pk])


def answers(**changed: Any) -> dict[str, Any]:
    """What a browser sends of the one exercise there is, called exercise-1 here."""
    first = f"exercise-1-{ExercisePage.objects.earliest('pk').pk}"
    return {re.sub("^exercise-1(?=-)", first, name): value for name, value in typed(**changed).items()}


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "exercise-1-is_given": "on",
        "exercise-1-hold_seconds": 30,
        "exercise-1-repetitions": 2,
        "exercise-1-sets": 1,
        "sessions_per_day": 1,
        "days_per_week": 7,
        "days": 90,
        "note": "",
        **changed,
    }


def test_sl15_the_screen_says_who_can_read_it_when_it_ends_and_not_to_type_names(desk: Client, routine: RoutinePage):
    text = desk.get(screen(routine)).content.decode()
    assert "Anyone who has the link can read it" in text
    assert "It ends by itself, on the day you choose" in text
    assert "Do not type names" in text


def test_h24_the_screen_names_the_condition_and_shows_the_patients_page(desk: Client, routine: RoutinePage):
    text = desk.get(screen(routine)).content.decode()
    assert "For: Tight calves." in text
    assert escape('<h2 id="read-first">Before you start</h2>') in text


def test_a_link_is_shown_once_and_opens_what_was_given(desk: Client, giver: User, routine: RoutinePage):
    answer = desk.post(screen(routine), answers(**{"exercise-1-hold_seconds": 45, "note": "Slowly.", "days": 14}))
    text = answer.content.decode()
    link = ShareLink.objects.get()
    found = ADDRESS.search(text)
    assert found is not None
    assert "no-store" in answer["Cache-Control"]
    assert "<svg" in text
    assert "mailto:?subject=" in text
    assert "sms:?&amp;body=" in text
    assert link.created_by == giver
    assert link.note == "Slowly."
    assert timezone.localdate(link.expires_at) == timezone.localdate() + timedelta(days=14)
    page = Client().get(found[1]).content.decode()
    assert "Hold 45 seconds, 2 times each side" in page
    assert "Slowly." in page
    assert found[1].split("/")[-2] not in desk.get(reverse("sharing_link", args=[link.pk])).content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"exercise-1-hold_seconds": 700}, "less than or equal to 600"),
        ({"exercise-1-hold_seconds": ""}, "This field is required"),
        ({"exercise-1-is_given": ""}, "Keep at least one exercise."),
        ({"days": 366}, "less than or equal to 365"),
        ({"note": "For Mr Smith"}, "it looks like a name"),
        ({"note": "x" * 281}, "at most 280 characters"),
        ({"note": "Pain up to 3 of 10 is fine."}, "allows pain of 3"),
        ({"note": "Ignore pins and needles."}, "speaks against the stop signs"),
    ],
)
def test_a_refusal_says_what_to_write(desk: Client, routine: RoutinePage, changed: dict[str, Any], told: str):
    answer = desk.post(screen(routine), answers(**changed))
    assert told in answer.content.decode()
    if "note" in changed:  # beside its field, which is far down
        assert list(answer.context["form"].errors) == ["note"]
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize(
    ("figure", "least", "most", "changed", "is_given"),
    [
        ("hold_seconds", 10, 40, {"exercise-1-hold_seconds": 40}, True),
        ("hold_seconds", 10, 40, {"exercise-1-hold_seconds": 41}, False),
        ("hold_seconds", 35, 60, {}, False),
        ("repetitions", 1, 2, {"exercise-1-repetitions": 3}, False),
        ("repetitions", 1, 2, {"exercise-1-repetitions": 3, "exercise-1-is_given": ""}, None),
        ("sessions_per_day", 1, 2, {"sessions_per_day": 2}, True),
        ("sessions_per_day", 1, 2, {"sessions_per_day": 3}, False),
    ],
)
def test_e3_9_c_a_dose_outside_what_a_note_allows_is_not_given(
    desk: Client,
    routine: RoutinePage,
    figure: str,
    least: int,
    most: int,
    changed: dict[str, Any],
    is_given: bool | None,
):
    limits = {"dose_figure": figure, "dose_least": least, "dose_most": most}
    factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW, **limits)
    text = desk.post(screen(routine), answers(**changed)).content.decode()
    # With nothing left in the list there is nothing to measure; it says so instead.
    told = "Keep at least one exercise." if is_given is None else f"Choose from {least} to {most}."
    assert (told not in text) is bool(is_given)
    assert ShareLink.objects.exists() is bool(is_given)


def test_what_was_typed_for_one_exercise_never_lands_on_another(
    desk: Client, routine: RoutinePage, exercise_index: Any
):
    sent = answers(**{"exercise-1-hold_seconds": 45})
    other = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    RoutineItem.objects.create(page=routine, exercise=other, phase="main", sort_order=9)
    text = desk.post(screen(routine), sent).text
    assert "The list was changed since you opened it." in text
    assert "Heel drop" in text
    RoutineItem.objects.exclude(exercise=other).delete()
    assert "The list was changed since you opened it." in desk.post(screen(routine), sent).text
    assert not ShareLink.objects.exists()


def test_what_is_done_as_needed_has_no_days_of_its_own_and_no_week_beyond_the_last(desk: Client, routine: RoutinePage):
    item = routine.items.get()
    item.every_days, item.from_week = 2, 2
    item.save()
    whole = {"sessions_per_day": "", "days_per_week": "", "as_needed": "on", "as_needed_most": 3}
    row = {"exercise-1-every_days": 2, "exercise-1-from_week": 2}
    assert "says how often, but" in desk.post(screen(routine), answers(**row, **whole)).text
    RoutinePage.objects.update(weeks=1)
    assert "begins after the last week" in desk.post(screen(routine), answers(**row)).text
    assert not ShareLink.objects.exists()


def test_the_preview_makes_no_link(desk: Client, routine: RoutinePage):
    text = desk.post(screen(routine), answers(preview="1", note="Breathe.")).content.decode()
    assert "Breathe." in text
    assert "data-preview" in text
    assert not ShareLink.objects.exists()


def test_an_exercise_can_be_left_out(desk: Client, routine: RoutinePage, exercise_index: Any):
    other = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    item = routine.items.first()
    RoutineItem.objects.create(page=routine, exercise=other, phase=item.phase, sort_order=9)
    data = {
        **answers(),
        **{
            f"exercise-2-{other.pk}-{name}": value
            for name, value in (("hold_seconds", 30), ("repetitions", 2), ("sets", 1))
        },
    }
    found = ADDRESS.search(desk.post(screen(routine), data).content.decode())
    assert found is not None
    page = Client().get(found[1]).content.decode()
    assert "Wall calf stretch" in page
    assert "Heel drop" not in page


@pytest.fixture
def two(routine: RoutinePage, exercise_index: Any) -> ExercisePage:
    """The routine warms up with another exercise first, which is withdrawn; the exercise."""
    heel = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    RoutineItem.objects.create(page=routine, exercise=heel, phase="warm_up", sort_order=0)
    routine.items.filter(exercise=ExercisePage.objects.earliest("pk")).update(sort_order=1)
    withdrawing.withdraw(heel, by=factories.UserFactory.create(), reason="It hurt.")
    return heel


def test_h01_a_routine_is_shared_without_what_is_withdrawn_and_its_sheet_says_so(
    desk: Client, routine: RoutinePage, two: ExercisePage
):
    text = desk.get(screen(routine)).text
    assert "Left out, since it is withdrawn or not published: Heel drop." in text
    assert "Its warm-up is among them" in text
    sent = {name.replace("exercise-1-", "exercise-2-"): value for name, value in answers().items()}
    found = ADDRESS.search(desk.post(screen(routine), sent).text)
    assert found is not None
    link = ShareLink.objects.get()
    first = link.items.get(sort_order=0)
    assert (first.exercise.title, first.is_left_out, first.is_taken_out) == ("Heel drop", True, True)
    for lifted in (False, True):
        if lifted:
            withdrawal = Withdrawal.objects.get()
            withdrawing.ask_to_lift(withdrawal, by=factories.UserFactory.create(), reason="It was another one.")
            withdrawing.lift(withdrawal, by=factories.UserFactory.create())
            ExercisePage.objects.filter(pk=two.pk).update(live=True)
        data = Client().get(found[1] + "sheet.json").json()
        assert data["taken_out"] == ["Heel drop"]
        assert [item["exercise"]["title"] for item in data["items"]] == ["Wall calf stretch"]
        assert "Ask your practitioner what to do instead." in Client().get(found[1]).text
        assert "An exercise was taken out (Heel drop)" in desk.get(reverse("sharing_links")).text


def test_e3_9_d_a_warm_up_that_is_lost_and_needed_is_asked_for(desk: Client, routine: RoutinePage, two: ExercisePage):
    factories.note_at(NoteTarget(page=ExercisePage.objects.earliest("pk")), text="Warm up first.", needs_warm_up=True)
    assert "Its warm-up “Heel drop” is withdrawn or not published" in desk.get(screen(routine)).text
    with pytest.raises(ValidationError, match="Put another first"):
        factories.link_to(routine)


@pytest.mark.parametrize(
    "why", ["draft", "withdrawn exercise", "overdue", "overdue exercise", "private", "private exercise"]
)
def test_new_links_are_refused_and_the_refusal_says_why(desk: Client, routine: RoutinePage, why: str):
    match why:
        case "draft":
            routine.unpublish()
            told = "Publish the routine first"
        case "withdrawn exercise":
            withdrawing.withdraw(ExercisePage.objects.get(), by=factories.UserFactory.create(), reason="It hurt.")
            told = "is withdrawn or not published"
        case "overdue":
            RoutinePage.objects.update(review_due=timezone.localdate() - timedelta(days=91))
            told = "Its review is overdue"
        case "overdue exercise":
            ExercisePage.objects.update(review_due=timezone.localdate() - timedelta(days=91))
            told = "The review of “Wall calf stretch” in it is overdue"
        case "private":
            routine.view_restrictions.create(restriction_type="login")
            told = "Open the routine to everybody first"
        case "private exercise":
            ExercisePage.objects.get().view_restrictions.create(restriction_type="login")
            told = "“Wall calf stretch” in it is not open to everybody"
    assert told in desk.get(screen(routine)).content.decode()
    assert told in desk.post(screen(routine), answers()).content.decode()
    assert not ShareLink.objects.exists()


def test_a_refused_form_says_at_its_top_that_no_link_was_made(desk: Client, routine: RoutinePage):
    told = "No link was made. Correct what is marked below."
    assert told not in desk.get(screen(routine)).content.decode()
    answer = desk.post(screen(routine), {**answers(), "note": "Call 07700 900123"}).content.decode()
    assert answer.index(told) < answer.index("Give this exercise")
    assert not ShareLink.objects.exists()


def test_ninety_days_overdue_can_still_be_shared(desk: Client, routine: RoutinePage):
    RoutinePage.objects.update(review_due=timezone.localdate() - timedelta(days=90))
    assert "Make the link" in desk.get(screen(routine)).content.decode()


def test_the_list_shows_mine_and_a_manager_sees_all(desk: Client, giver: User, routine: RoutinePage):
    factories.link_to(routine, by=giver)
    factories.link_to(routine)
    listed = reverse("sharing_links")
    text = desk.get(listed).content.decode()
    assert text.count("<span>Live</span>") == 1
    assert f"{timezone.localdate() + timedelta(days=90):%-d %B %Y}" in text
    desk.force_login(person("Managers"))
    text = desk.get(listed).content.decode()
    assert text.count("<span>Live</span>") == 2


def test_h24_a_routine_for_no_condition_says_so(desk: Client, routine: RoutinePage):
    routine.condition_uses.all().delete()
    assert "For no one condition." in desk.get(screen(routine)).content.decode()


def test_the_page_of_a_link_says_how_often_and_in_which_weeks(desk: Client, giver: User, routine: RoutinePage):
    routine.items.update(from_week=2, to_week=4, days_per_week=3)
    link, _token = factories.link_to(RoutinePage.objects.get(), by=giver)
    text = desk.get(reverse("sharing_link", args=[link.pk])).content.decode()
    assert "<dd>Once a day" in text
    assert "Hold 30 seconds, 2 times each side, only 3 days a week, in weeks 2 to 4</li>" in text


def test_sl6_one_link_is_revoked_and_the_others_stay(desk: Client, client: Client, giver: User, routine: RoutinePage):
    first, token = factories.link_to(routine, by=giver)
    _second, other = factories.link_to(routine, by=giver)
    desk.post(reverse("sharing_link", args=[first.pk]), {"revoke": "1"})
    assert client.get(reverse("shared", kwargs={"token": token})).status_code == 410
    assert client.get(reverse("shared", kwargs={"token": other})).status_code == 200


def test_sl6_nobody_revokes_a_link_that_is_not_in_their_care(desk: Client, routine: RoutinePage):
    link, _token = factories.link_to(routine)
    assert desk.post(reverse("sharing_link", args=[link.pk]), {"revoke": "1"}).status_code == 404
    desk.post(reverse("sharing_links_revoke"), {"shown": link.pk})
    link.refresh_from_db()
    assert link.revoked_at is None


def test_sl6_what_another_window_revoked_is_not_replaced_afterwards(giver: User, routine: RoutinePage):
    link, newer = factories.link_to(routine, by=giver).link, factories.link_to(routine, by=giver).link
    ShareLink.objects.filter(pk=link.pk).revoke(giver)
    link.end_for(newer, giver)
    assert ShareLink.objects.get(pk=link.pk).state() is ShareState.REVOKED


def test_sl6_revoke_all_mine(desk: Client, giver: User, routine: RoutinePage):
    for _number in range(3):
        factories.link_to(routine, by=giver)
    factories.link_to(routine)
    asked = desk.get(reverse("sharing_links_revoke"))
    assert "Revoke 3 links" in asked.text
    desk.post(reverse("sharing_links_revoke"), {"shown": asked.context["shown"]})
    assert ShareLink.objects.filter(revoked_at__isnull=False).count() == 3


def test_sl6_links_of_who_has_left_are_in_the_managers_care(client: Client, giver: User, routine: RoutinePage):
    link, token = factories.link_to(routine, by=giver)
    ends = link.expires_at
    User.objects.filter(pk=giver.pk).update(is_active=False)
    link.refresh_from_db()
    assert link.expires_at == ends
    assert client.get(reverse("shared", kwargs={"token": token})).status_code == 200
    client.force_login(person("Managers"))
    address = reverse("sharing_links_revoke") + "?whose=left"
    client.post(address, {"shown": client.get(address).context["shown"]})
    assert client.get(reverse("shared", kwargs={"token": token})).status_code == 410


def test_sl2_replacing_gives_a_new_address_and_ends_the_old(desk: Client, giver: User, routine: RoutinePage):
    link, token = factories.link_to(routine, by=giver, note="Slowly.")
    found = ADDRESS.search(desk.post(reverse("sharing_link", args=[link.pk]), {"replace": "1"}).content.decode())
    assert found is not None
    assert "You were given a newer link" in Client().get(reverse("shared", kwargs={"token": token})).content.decode()
    page = Client().get(found[1])
    assert page.status_code == 200
    assert "Slowly." in page.content.decode()


@pytest.mark.parametrize("name", ["sharing_links", "sharing_links_revoke"])
def test_the_screens_are_closed_to_whoever_may_not_share(client: Client, routine: RoutinePage, name: str):
    outsider = person("Managers")
    outsider.groups.clear()
    client.force_login(outsider)
    assert client.get(reverse(name)).status_code == 302
    assert client.get(screen(routine)).status_code == 302


def test_the_listing_and_the_public_page_offer_to_share(desk: Client, routine: RoutinePage):
    address = screen(routine)
    assert address in desk.get(reverse("routine", kwargs={"slug": routine.slug})).content.decode()
    desk.force_login(factories.UserFactory.create(is_superuser=True))
    assert address in desk.get(reverse("wagtailadmin_pages:edit", args=[routine.pk])).content.decode()
    assert address in desk.get(reverse("wagtailadmin_explore", args=[routine.get_parent().pk])).content.decode()


def test_the_impact_of_a_withdrawal_counts_live_links(routine: RoutinePage):
    factories.link_to(routine)
    ended, _token = factories.link_to(routine)
    ended.revoke()
    counted = [found.count for found in affected_by(ExercisePage.objects.get()) if "share links" in found.what]
    assert counted == [1]


def test_f13_a_letter_that_paper_cannot_show_is_named_before_the_link_is_made(desk: Client, routine: RoutinePage):
    refused = desk.post(screen(routine), answers(note="慢 slowly 🙂")).content.decode()
    assert "Our typefaces do not have these letters: 慢 🙂." in refused
    assert "tick below if it is read on a screen only" in refused
    assert not ShareLink.objects.exists()
    assert 'name="boxes_on_paper"' in refused
    desk.post(screen(routine), answers(note="慢 slowly 🙂", boxes_on_paper="on"))
    assert ShareLink.objects.get().note == "慢 slowly 🙂"


def test_f13_nothing_is_asked_of_a_note_that_paper_can_show_nor_of_a_preview(desk: Client, routine: RoutinePage):
    assert "boxes_on_paper" not in desk.get(screen(routine)).content.decode()
    seen = desk.post(screen(routine), answers(note="慢 slowly", preview="1")).content.decode()
    assert "Our typefaces do not have" not in seen
    assert "慢 slowly" in seen
    desk.post(screen(routine), answers(note="Très lentement – 3 fois."))
    assert ShareLink.objects.get().note == "Très lentement – 3 fois."


def test_the_preview_is_shown_in_its_frame_so_that_the_form_stays(desk: Client, routine: RoutinePage):
    """Without a script too: the browser's way back leads away from the form only where it is left."""
    text = desk.get(screen(routine)).text
    assert re.search(r'name="preview" value="frame" formtarget="what-the-patient-sees"', text)
    assert re.search(r'<iframe [^>]*name="what-the-patient-sees"', text)
    framed = desk.post(screen(routine), answers(preview="frame", note="Breathe.")).text
    assert ("Breathe." in framed, "data-giving" in framed) == (True, False)
    refused = desk.post(screen(routine), answers(preview="frame", days=999)).text
    assert "The link ends after this many days: Ensure this value is less than or equal to 365." in refused
    assert not ShareLink.objects.exists()


def test_what_was_typed_survives_the_way_back_to_the_exercises(desk: Client, giver: User, routine: RoutinePage):
    """Carried by the forms: no address and no table holds a note before it is given."""
    programme = as_programme(routine, giver)
    give, exercises = (reverse(name, args=[programme.pk]) for name in ("sharing_programme_give", "sharing_programme"))
    sent = answers(**{"exercise-1-hold_seconds": 45, "note": "Breathe\nslowly.", "days": 14, "return": 1})
    away = desk.post(give, sent)
    assert (away.status_code, away["Location"]) == (307, exercises)
    assert programme.items.get().hold_seconds == 45
    text = desk.post(exercises, sent).text
    hidden = dict(re.findall(r'<input type="hidden" name="(carried-\w+)" value="([^"]*)"', text))
    assert hidden["carried-note"] == "Breathe\nslowly."
    item = programme.items.get()
    row = {f"item-{item.pk}-{name}": getattr(item, name) for name in ("hold_seconds", "repetitions", "sets", "side")}
    row |= {f"item-{item.pk}-phase": "main", "order": item.pk, "weeks": "", "back": ""}
    saved = desk.post(exercises, {**row, **hidden, "save": 1})
    assert (saved.status_code, "Breathe" in saved.text) == (200, True)
    again = desk.post(exercises, {**row, **hidden, "give": 1})
    assert (again.status_code, again["Location"]) == (307, give)
    form = desk.post(give, {**row, **hidden, "give": 1}).context["form"]
    assert (form["note"].value(), form["days"].value()) == ("Breathe\nslowly.", "14")
    assert not ShareLink.objects.exists()
    assert "Breathe" not in every_table()


def test_an_exercise_unticked_for_this_patient_is_named_on_the_way_back_and_stays_unticked(
    desk: Client, giver: User, routine: RoutinePage
):
    programme = as_programme(routine, giver)
    give = reverse("sharing_programme_give", args=[programme.pk])
    stays = "Left out for this patient"
    assert stays not in desk.post(desk.post(give, answers(**{"return": 1}))["Location"], answers(**{"return": 1})).text
    unticked = answers(**{"exercise-1-is_given": "", "return": 1})
    back = desk.post(desk.post(give, unticked)["Location"], unticked).text
    item = programme.items.get()
    assert f"{stays}, and unticked when you go on: {item.exercise.title}." in back
    hidden = dict(re.findall(r'<input type="hidden" name="(carried-\w+)" value="([^"]*)"', back))
    assert hidden["carried-left_out"] == str(item.pk)
    for carried, is_ticked in ((hidden, False), ({**hidden, "carried-left_out": ""}, True)):
        again = desk.post(give, {**carried, "give": 1}).text
        tick = again.partition("-is_given")[2].partition(">")[0]
        assert ("checked" in tick) is is_ticked


@pytest.mark.parametrize("other_window", ["removes it", "gives it"])
def test_the_way_back_writes_over_nothing_another_window_did_meanwhile(
    desk: Client, giver: User, routine: RoutinePage, other_window: str, monkeypatch: pytest.MonkeyPatch
):
    programme = as_programme(routine, giver)
    before, forms = programme.items.get().hold_seconds, ShareProgramme.forms

    def meanwhile(screen: ShareProgramme, data: Any) -> Any:
        found = forms(screen, data)
        programme.items.all().delete()
        return found

    if other_window == "removes it":
        monkeypatch.setattr(ShareProgramme, "forms", meanwhile)
    else:
        look, given = ShareProgramme.dispatch.__globals__["already_given"], {"given_at": timezone.now()}

        def then_given(*asked: Any) -> Any:
            return look(*asked) or (Programme.objects.filter(pk=programme.pk).update(**given) and None)

        monkeypatch.setattr("sharing.views.giving_programme.already_given", then_given)
        monkeypatch.setattr(ShareProgramme, "get_given", lambda _screen, pk: Programme.objects.get(pk=pk))
    sent = answers(**{"exercise-1-hold_seconds": before + 5, "note": "Breathe.", "return": 1})
    assert desk.post(reverse("sharing_programme_give", args=[programme.pk]), sent).status_code == 307
    assert [item.hold_seconds for item in programme.items.all()] == ([] if "removes" in other_window else [before])
