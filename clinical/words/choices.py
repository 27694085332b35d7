"""The closed vocabularies of the ground floor.

Body regions and starting positions live here, below exercises, because a safety note can hang on either.
Every vocabulary is in an order chosen on purpose; the docstrings say what is confusing about it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteKind(models.TextChoices):
    """What sort of safety note it is, most serious first: readers meet them in this order.

    A contraindication is known before starting ("you have a broken bone"); a stop sign appears while moving.
    "Who should take care" names people (pregnant, older); "check first" names a thing to ask about.
    """

    RED_FLAG = "red_flag", _("Red flag")
    CONTRAINDICATION = "contraindication", _("Contraindication")
    STOP = "stop", _("Stop sign")
    CHECK_FIRST = "check_first", _("Check first")
    POPULATION = "population", _("Who should take care")
    PREPARATION = "preparation", _("Preparation")
    DO = "do", _("Do")
    DONT = "dont", _("Do not")
    CAVEAT = "caveat", _("Limits of the evidence")


class Tier(models.IntegerChoices):
    """How serious a note is. 1 is the most serious: a *lower* number is a *higher* caution."""

    GET_HELP = 1, _("1 – Get help")
    DO_NOT = 2, _("2 – Do not, or stop")
    CHECK_FIRST = 3, _("3 – Check first")
    GOOD_TO_KNOW = 4, _("4 – Good to know")


class Urgency(models.TextChoices):
    """How fast help is needed; only for tier 1, and always for tier 1."""

    EMERGENCY = "emergency", _("Emergency: call now")
    SAME_DAY = "same_day", _("Get help today")


class Polarity(models.TextChoices):
    """Whether the note asks for its action or forbids it. Two notes on one action may not disagree."""

    DO = "do", _("Do")
    DONT = "dont", _("Do not")


class EvidenceLevel(models.TextChoices):
    """How well a use is supported, strongest first. "Untested" is an honest answer, an empty one is not.

    The last two speak against it: trials looked for a benefit and found none; a clinical guideline advises against it.
    """

    GUIDELINE = "guideline", _("Guideline")
    TRIAL = "trial", _("Trial")
    CONSENSUS = "consensus", _("Expert consensus")
    UNTESTED = "untested", _("Untested")
    NO_BENEFIT = "no_benefit", _("No benefit found")
    GUIDELINE_AGAINST = "guideline_against", _("Guideline against")


#: What is no reason to do it, and is said as plainly as what is.
SPEAKS_AGAINST = frozenset({EvidenceLevel.NO_BENEFIT, EvidenceLevel.GUIDELINE_AGAINST})
#: What a list of what helps with a condition may hold, also where nothing is said yet; what a guideline advises
#: against is none of it.
NOT_ADVISED_AGAINST = ["", *(level.value for level in EvidenceLevel if level is not EvidenceLevel.GUIDELINE_AGAINST)]


class BodyRegion(models.TextChoices):
    """What is stretched or worked, from head to foot. Not what hurts: that is a condition.

    Some lie within a wider one (``WIDER_REGION``), whose notes reach them too.
    """

    JAW = "jaw", _("Jaw")
    NECK = "neck", _("Neck")
    SHOULDER = "shoulder", _("Shoulder")
    ARM = "arm", _("Arm")
    ELBOW = "elbow", _("Elbow")
    FOREARM = "forearm", _("Forearm")
    HAND = "hand", _("Wrist and hand")
    CHEST = "chest", _("Chest")
    UPPER_BACK = "upper_back", _("Upper back")
    LOW_BACK = "low_back", _("Low back")
    TRUNK = "trunk", _("Tummy and sides")
    PELVIC_FLOOR = "pelvic_floor", _("Pelvic floor")
    HIP = "hip", _("Hip")
    BUTTOCK = "buttock", _("Buttock")
    FRONT_THIGH = "front_thigh", _("Front of thigh")
    BACK_THIGH = "back_thigh", _("Back of thigh")
    INNER_THIGH = "inner_thigh", _("Inner thigh")
    KNEE = "knee", _("Knee")
    LOWER_LEG = "lower_leg", _("Calf and lower leg")
    ANKLE = "ankle", _("Ankle")
    FOOT = "foot", _("Ankle and foot")


class StartingPosition(models.TextChoices):
    """How the body is placed at the start, from lying to standing; the higher up, the further to fall.

    Notes on a position reach those that are done the same way elsewhere (``SAME_POSITION_AS``).
    """

    IN_BED = "in_bed", _("In bed")
    SUPINE = "supine", _("Lying on your back")
    PRONE = "prone", _("Lying on your front")
    SIDE_LYING = "side_lying", _("Lying on your side")
    LONG_SITTING = "long_sitting", _("Sitting on the floor")
    SITTING = "sitting", _("Sitting on a chair")
    WHEELCHAIR = "wheelchair", _("Sitting in a wheelchair")
    FOUR_POINT_KNEELING = "four_point_kneeling", _("On hands and knees")
    KNEELING = "kneeling", _("Kneeling on both knees")
    HALF_KNEELING = "half_kneeling", _("Kneeling on one knee")
    LEANING = "leaning", _("Standing and leaning")
    STANDING = "standing", _("Standing")


#: The wider region that each of these lies within: what protects an arm protects an elbow.
WIDER_REGION: dict[str, str] = {
    BodyRegion.ELBOW: BodyRegion.ARM,
    BodyRegion.FOREARM: BodyRegion.ARM,
    BodyRegion.ANKLE: BodyRegion.FOOT,
}

#: A wider region's label names these already: a filter offers that one alone, and it finds both.
NAMED_BY_WIDER_REGION = frozenset({BodyRegion.ANKLE})

#: Each of these is also the other, as far as notes care: who leans stands, and who lies in bed may lie on the back.
SAME_POSITION_AS: dict[str, str] = {
    StartingPosition.IN_BED: StartingPosition.SUPINE,
    StartingPosition.WHEELCHAIR: StartingPosition.SITTING,
    StartingPosition.LEANING: StartingPosition.STANDING,
}


class StepKind(models.TextChoices):
    """The part an exercise's step plays, in the order the parts come. A note may be repeated beside one."""

    SET_UP = "set_up", _("Set up")
    MOVE = "move", _("Move")
    HOLD = "hold", _("Hold")
    CONTRACT = "contract", _("Push")
    RELAX = "relax", _("Let go")
    BREATHE = "breathe", _("Breathe")
    RETURN = "return", _("Return")


class Moment(models.TextChoices):
    """When in the day, or round what, something is done or must not be done."""

    ON_WAKING = "on_waking", _("On waking")
    BEFORE_ACTIVITY = "before_activity", _("Before activity")
    AFTER_ACTIVITY = "after_activity", _("After activity")
    AT_THE_DESK = "at_the_desk", _("At the desk")
    DURING_SYMPTOMS = "during_symptoms", _("During symptoms")
    EVENING = "evening", _("In the evening")
    BEFORE_BED = "before_bed", _("Before bed")
    ANY_TIME = "any_time", _("Any time")


class SettlesBy(models.TextChoices):
    """By when pain that an exercise allows must have settled, soonest first: "at once" is as soon as you stop."""

    AT_ONCE = "at_once", _("At once")
    WITHIN_THE_HOUR = "within_the_hour", _("Within the hour")
    NEXT_MORNING = "next_morning", _("By next morning")


class ReviewState(models.TextChoices):
    """Whether a clinician stands behind a page. Unreviewed pages are example content and say so.

    What one person wrote and checked (``REVIEW_POLICY``) is not reviewed: it says so, and names nobody who checked it.
    """

    REVIEWED = "reviewed", _("Reviewed by a clinician")
    SAME_PERSON = "same_person", _("Written and checked by the same person")
    UNREVIEWED = "unreviewed", _("Not yet confirmed by a clinician")


class ReviewPolicy(models.TextChoices):
    """How many people it takes before readers see something: set by whoever runs the site, never in the admin."""

    TWO_PEOPLE = "two_people", _("Two people: nobody approves what they wrote")
    ONE_PERSON = "one_person", _("One person may approve what they wrote, and readers are told")


class ApprovalBasis(models.TextChoices):
    """Whose word stands behind what is live. A library names nobody: what it brings is example content.

    "Corrected" is two people as well: a colleague read it and changed some of it, and its author accepted that. Where
    a warning would say less, only a colleague who changed nothing will do. "Same person" is a practice of one, and
    never counts where two people are asked for. The last two stand only behind
    pages about the site and lists, never behind advice: the words ``setup_site`` writes, and words that were live
    before two people were asked for, which stay until somebody changes one.
    """

    REVIEWED = "reviewed", _("Approved by a colleague")
    CORRECTED = "corrected", _("Corrected by a colleague, and accepted by its author")
    SAME_PERSON = "same_person", _("Written and checked by the same person")
    LIBRARY = "library", _("Came with a published library")
    CODE = "code", _("Came with the site itself")


class AuditAction(models.TextChoices):
    """What somebody decided, as the audit keeps it: a page's life, then share links, then people and what they may.

    "Published" is what happened; "approved" is the colleague's decision that allowed it. "Withdrawn" is a clinical
    decision, "taken off" is not: a page may be taken off to be rewritten. "Proposed" is the first of two people.
    """

    SUBMITTED = "submitted", _("Submitted for review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    REVIEW_CANCELLED = "review_cancelled", _("Review cancelled")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Refused by the publish gate")
    TAKEN_OFF = "taken_off", _("Taken off the site")
    TIER_CHANGED = "tier_changed", _("Tier changed")
    DELETED = "deleted", _("Deleted")
    PROPOSED = "proposed", _("Proposed to a second person")
    DECLINED = "declined", _("Proposal declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LIFTED = "lifted", _("Withdrawal lifted")
    OVERRIDDEN = "overridden", _("Rule overridden")
    CHANGED = "changed", _("Shared words changed")
    LINK_MADE = "link_made", _("Share link made")
    LINK_REVOKED = "link_revoked", _("Share link revoked")
    LINK_REPLACED = "link_replaced", _("Share link replaced")
    INVITED = "invited", _("Invited")
    ACCOUNT_MADE = "account_made", _("Account made")
    ACCOUNT_CHANGED = "account_changed", _("Account changed")
    GROUP_CHANGED = "group_changed", _("Group changed")
    SUPERUSER_MADE = "superuser_made", _("Superuser made")
    SUPERUSER_UNMADE = "superuser_unmade", _("No longer a superuser")
    DEACTIVATED = "deactivated", _("Account deactivated")
    REACTIVATED = "reactivated", _("Account reactivated")
    ACCOUNT_DELETED = "account_deleted", _("Account deleted")
    PERMISSIONS_CHANGED = "permissions_changed", _("Permissions changed")
    PRIVACY_CHANGED = "privacy_changed", _("Who may see it changed")
    WORKFLOW_CHANGED = "workflow_changed", _("Road to publication changed")
    SETTINGS_CHANGED = "settings_changed", _("Settings of the site changed")
    LET_IN = "let_in", _("Allowed to sign in again")
    FACTOR_SET_UP = "factor_set_up", _("Second factor set up")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    FACTOR_TAKEN = "factor_taken", _("Lost second factor removed")
    CODES_RENEWED = "codes_renewed", _("Recovery codes renewed")
    CODE_USED = "code_used", _("Signed in with a recovery code")
    REPORTED = "reported", _("Reported to the safety officers")
    ANSWERED = "report_answered", _("Report answered by a safety officer")
    DEALT_WITH = "dealt_with", _("Readers’ reports dealt with")


class ProposalState(models.TextChoices):
    """What has become of other words for something in use: waiting first, then the three ways it may end."""

    WAITING = "waiting", _("Waits for a colleague")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")


class ConflictRule(models.TextChoices):
    """How advice on one page can contradict itself, in the order the safety model gives the rules (E3.9 a to e)."""

    RULED_OUT = "ruled_out", _("Exercise ruled out for the condition")
    CONTRADICTION = "contradiction", _("Notes that contradict each other")
    DOSE = "dose", _("Dose outside what notes allow")
    PREPARATION = "preparation", _("Preparation missing")
    NO_RED_FLAG = "no_red_flag", _("Condition without a red flag")


class DoseFigure(models.TextChoices):
    """The figures of a dose that a safety note may limit: those of one session first, then how often."""

    HOLD_SECONDS = "hold_seconds", _("Seconds of a hold")
    REPETITIONS = "repetitions", _("Repetitions")
    MOVING_SECONDS = "moving_seconds", _("Seconds of moving")
    SETS = "sets", _("Sets")
    LOAD_GRAMS = "load_grams", _("Grams of weight")
    EFFORT = "effort", _("Effort (0 to 10)")
    SESSIONS_PER_DAY = "sessions_per_day", _("Sessions a day")
    DAYS_PER_WEEK = "days_per_week", _("Days a week")


class PlaceKind(models.TextChoices):
    """The sorts of place a safety note can hang on, narrowest first: reasons are given in this order."""

    PAGE = "page", _("One page")
    CONDITION = "condition", _("Condition")
    REGION = "region", _("Body region")
    POSITION = "position", _("Starting position")
    EQUIPMENT = "equipment", _("Equipment")
    KIND = "kind", _("Kind of exercise")
    EVERYTHING = "everything", _("Everything")
