"""Programmes: exercises a practitioner puts together for one patient. Nothing here says who the patient is (PD1).

A programme answers what a routine answers to an assembly, so that its sheet, and with it every output, is made in the
same way. What a routine says in words of its own a programme does not say: it holds reviewed exercises and figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StreamValue

from clinical.models import Condition, LegibleMixin
from clinical.publishing.approvals import language_of
from clinical.safety.sheet import Provenance
from clinical.words.choices import ReviewState
from exercises.frequency import Frequency
from exercises.models.frequencies import frequency_column, frequency_constraints
from routines.choices import Phase
from routines.models.weeks_fields import MOST_WEEKS
from routines.sheet import PutTogether
from sharing import tokens
from sharing.choices import ShareState
from sharing.identity import names_nobody

if TYPE_CHECKING:
    from clinical.people.accounts import User
    from sharing.models.programme_items import ProgrammeItem

#: More is no programme for one patient.
MOST_ITEMS = 40
#: What was begun and never given is removed after so many days.
DAYS_A_DRAFT_IS_KEPT = 30

#: Who looks after links looks after templates.
MAY_TIDY = "sharing.change_sharelink"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Questions about programmes."""

    def begun_by(self, person: User) -> Self:
        """Those this person has begun and not yet given to anybody."""
        return self.filter(created_by=person, given_at__isnull=True, kept_as="")

    def kept_for(self, person: User) -> Self:
        """The templates this person may take: their own, and those that are there for everybody.

        Whoever may change links is shown those of people who have left too, so that nothing is kept for ever.
        """
        seen = Q(created_by=person) | Q(is_for_everybody=True)
        if person.has_perm(MAY_TIDY):
            seen |= Q(created_by__is_active=False)
        return self.exclude(kept_as="").filter(seen).order_by("kept_as")

    def forgettable_by(self, person: User) -> Self:
        """The templates this person may delete: their own; for whoever may change links, all they are shown."""
        kept = self.kept_for(person)
        return kept if person.has_perm(MAY_TIDY) else kept.filter(created_by=person)

    def idle(self) -> Self:
        """Those nobody needs any more: given, and every link to it removed; or begun long ago and never given."""
        long_ago = timezone.now() - timedelta(days=DAYS_A_DRAFT_IS_KEPT)
        given = Q(given_at__isnull=False, share_links__isnull=True)
        return self.filter(given | Q(given_at__isnull=True, kept_as="", changed_at__lt=long_ago))


class UnsaidMixin:
    """What a routine says in words of its own, and a programme does not say."""

    slug = purpose = expect_change = see_someone = origins = ""
    moments: tuple[str, ...] = ()
    do_list: tuple[str, ...] = ()
    dont_list: tuple[str, ...] = ()
    chosen_despite: tuple[Any, ...] = ()
    advice = StreamValue(StreamBlock(), [])
    weeks_most = None

    @staticmethod
    def provenance() -> Provenance:
        """Nobody reviews a combination; whose it is stands beside, and the exercises have their own reviews."""
        return Provenance(review_state=ReviewState.UNREVIEWED, is_of_parts=True)


class Programme(UnsaidMixin, LegibleMixin):
    """One practitioner's own combination: exercises in order, with doses. It changes until it is given, then never."""

    sessions_per_day = frequency_column("sessions_per_day")
    sessions_per_day_most = frequency_column("sessions_per_day_most")
    days_per_week = frequency_column("days_per_week")
    days_per_week_most = frequency_column("days_per_week_most")
    every_days = frequency_column("every_days")
    as_needed = frequency_column("as_needed")
    as_needed_most = frequency_column("as_needed_most")
    content_key = models.UUIDField(default=tokens.new_key, unique=True, editable=False)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programmes")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    given_at = models.DateTimeField(null=True, editable=False)
    weeks = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
        help_text=_("For how many weeks; empty for as long as it helps."),
    )

    kept_as = models.CharField(
        _("kept as"),
        max_length=60,
        blank=True,
        validators=[ProhibitNullCharactersValidator(), names_nobody],
        help_text=_("The name of a template; what is for one patient has none."),
    )
    is_for_everybody = models.BooleanField(_("for everybody here"), default=False)
    follows = models.ForeignKey(
        "sharing.ShareLink",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The link it follows up, which may end when this one is given."),
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *frequency_constraints(),
            models.CheckConstraint(
                name="sharing_programme_weeks",
                condition=Q(weeks__isnull=True) | Q(weeks__gte=1, weeks__lte=MOST_WEEKS),
            ),
            models.CheckConstraint(
                name="sharing_programme_template_is_nobodys", condition=Q(kept_as="") | Q(given_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return gettext("Programme for one patient")

    @property
    def title(self) -> str:
        """What the patient reads above it: no words of anybody's."""
        return gettext("Your exercises")

    @property
    def language(self) -> str:
        """The language it is given in."""
        return language_of(self.locale_id)

    def often(self) -> Frequency:
        """How often, as a value. Raises ``DosageError`` where its fields contradict each other."""
        return Frequency.of(self)

    def add(self, items: Sequence[Any]) -> None:
        """Put exercises at the end, in a fixed number of queries. Raises ``ValidationError`` where it is full."""
        last = self.items.aggregate(count=models.Count("pk"), last=models.Max("sort_order"))
        if last["count"] + len(items) > MOST_ITEMS:
            raise ValidationError(gettext("A programme holds at most %d exercises.") % MOST_ITEMS)
        for place, item in enumerate(items, start=(last["last"] or 0) + 1):
            item.programme, item.sort_order = self, place
            item.check_fields()
        self.items.bulk_create(items)

    def begin_with(self, item: ProgrammeItem) -> None:
        """Move a warm-up of it to the beginning, behind those that stand there. Two queries."""
        rows = [row for row in self.items.order_by("sort_order", "pk") if row.pk != item.pk]
        place = next((number for number, row in enumerate(rows) if row.phase != Phase.WARM_UP), len(rows))
        rows.insert(place, item)
        for number, row in enumerate(rows, start=1):
            row.sort_order = number
        self.items.bulk_update(rows, ["sort_order"])

    def name_conditions(self, numbers: Iterable[int]) -> None:
        """Say for what it is, besides what it is for already."""
        new = sorted(set(numbers) - set(self.conditions))
        self.condition_uses.bulk_create(ProgrammeCondition(programme=self, tag_id=number) for number in new)
        self.__dict__.pop("conditions", None)

    def seal(self) -> None:
        """From its first link on it stays as it was given. Raises ``ValidationError`` where another has sealed it.

        A link that takes the place of another is made of what was sealed before, which is known by then.
        """
        if self.given_at is not None:
            return
        now = timezone.now()
        if not Programme.objects.filter(pk=self.pk, given_at=None).update(given_at=now):
            raise ValidationError(gettext("It was given already. Its link is in the list of your links."))
        self.given_at = now

    @cached_property
    def conditions(self) -> dict[int, str]:
        """What it is for, by number and name; mostly nothing. One query."""
        return dict(self.condition_uses.values_list("tag", "tag__name"))

    @cached_property
    def maker(self) -> tuple[str | None, str | None]:
        """Name and role of who put it together, as readers may know them. Queries where they were not fetched along."""
        return self.created_by.public_name(), self.created_by.public_role()

    def earlier_link(self) -> Any:
        """The link it follows up, while that still opens; or nothing."""
        earlier = self.follows
        return earlier if earlier is not None and earlier.state() == ShareState.LIVE else None

    def goes_on_with(self, earlier: Any) -> bool:
        """Whether an exercise of that link is in it too: then two lists that both open would contradict each other."""
        return bool(self.items.filter(exercise__in=earlier.items.filter(is_left_out=False).values("exercise")).exists())

    def ends_when_given(self) -> Any:
        """The earlier link that ends when this is given, unless its giver wants both; or nothing."""
        earlier = self.earlier_link()
        return earlier if earlier is not None and self.goes_on_with(earlier) else None

    def put_together(self) -> PutTogether:
        """Whose choice it is, and since when."""
        name, role = self.maker
        return PutTogether(timezone.localdate(self.given_at or timezone.now()), name or "", role or "")


class ProgrammeConditionManager(models.Manager["ProgrammeCondition"]):
    """Each as a routine has its own: nobody has said how well the use is supported."""

    def get_queryset(self) -> models.QuerySet[ProgrammeCondition]:
        """All of them, in the order of their names."""
        unsaid = {"evidence": Value(""), "statement": Value("")}
        return super().get_queryset().annotate(**unsaid).order_by("tag__name")


class ProgrammeCondition(models.Model):
    """A programme is for a condition: it brings its notes along, as in a routine."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="condition_uses")
    tag = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+", verbose_name=_("condition"))

    objects = ProgrammeConditionManager()

    class Meta:
        verbose_name = _("condition of a programme")
        verbose_name_plural = _("conditions of programmes")
        constraints = [models.UniqueConstraint(fields=["programme", "tag"], name="sharing_programmecondition_once")]

    def __str__(self) -> str:
        return str(self.tag)
