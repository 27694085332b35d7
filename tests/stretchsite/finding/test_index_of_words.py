"""The index of words follows what it is made of, and is made anew from nothing."""

from __future__ import annotations

from typing import Any

from exercises.models import ExercisePage
from stretchsite.finding.index_of_words import forget_unsaid_words, index_all_words
from stretchsite.models import IndexedWord, KnownWord
from testing import factories


def test_words_that_did_not_change_are_not_written_again(exercise: ExercisePage):
    before = list(IndexedWord.objects.order_by("pk").values_list("pk", flat=True))
    exercise.save()
    assert list(IndexedWord.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_what_is_deleted_leaves_the_index(exercise: ExercisePage):
    words = IndexedWord.objects.filter(object_id=exercise.pk, content_type=exercise.content_type_id)
    assert words.exists()
    exercise.delete()
    assert not words.exists()


def test_words_nothing_has_any_more_are_no_longer_known(exercise: ExercisePage):
    exercise = exercise.add_sibling(instance=factories.draft_exercise(title="Draft", slug="draft", live=False))
    named = KnownWord.objects.filter(word="zebrafinch")
    for title in ("Zebrafinch", "Calf", "Zebrafinch"):
        exercise.title = title
        exercise.save()
        assert named.exists() == (title == "Zebrafinch")
    exercise.delete()
    assert not named.exists()
    assert KnownWord.objects.filter(word="calf").exists()


def test_known_words_from_before_are_tidied_in_one_question(exercise: ExercisePage, django_assert_max_num_queries: Any):
    KnownWord.objects.create(language="en-gb", word="zebrafinch", stem="zebrafinch")
    with django_assert_max_num_queries(1):
        forget_unsaid_words()
    assert not KnownWord.objects.filter(word="zebrafinch").exists()
    assert KnownWord.objects.filter(word="calf").exists()


def test_site_from_before_the_index_gets_its_words(exercise: ExercisePage):
    rows = ("content_type", "object_id", "stem", "weight")
    before = set(IndexedWord.objects.values_list(*rows))
    IndexedWord.objects.all().delete()
    KnownWord.objects.all().delete()
    assert index_all_words() > 1
    assert set(IndexedWord.objects.values_list(*rows)) >= before  # the root of the tree was never saved


def test_known_word_follows_a_lexicon_that_brings_it_to_another_stem(exercise: ExercisePage):
    KnownWord.objects.filter(word="calf").update(stem="as it was")
    IndexedWord.objects.all().delete()
    index_all_words()
    assert KnownWord.objects.get(word="calf").stem == "calf"
