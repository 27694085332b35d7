"""The closed vocabularies of what an exercise is and what it needs.

They live here, below exercises, because a safety note can hang on either: on everything done with a band, on all
strengthening.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExerciseKind(models.TextChoices):
    """What an exercise does for the body, in the order a session uses them.

    A dynamic stretch moves and belongs before activity; a static stretch is held and belongs after it. A nerve glide
    moves a nerve and is never held; an isometric hold works a muscle without moving the joint.
    """

    WARM_UP = "warm_up", _("Warm-up")
    AEROBIC = "aerobic", _("Aerobic")
    SELF_MASSAGE = "self_massage", _("Self-massage")
    DYNAMIC_STRETCH = "dynamic_stretch", _("Dynamic stretch")
    MOBILITY = "mobility", _("Mobility")
    NERVE_GLIDE = "nerve_glide", _("Nerve glide")
    BALANCE = "balance", _("Balance")
    STRENGTHENING = "strengthening", _("Strengthening")
    ISOMETRIC = "isometric", _("Isometric hold")
    STATIC_STRETCH = "static_stretch", _("Static stretch")
    BREATHING = "breathing", _("Breathing")
    RELAXATION = "relaxation", _("Relaxation")


class Equipment(models.TextChoices):
    """What is needed, commonest first. What a home may have instead is said by each exercise.

    A step is low and carries a person; a raised surface carries a foot or a leg. Support is fixed and held on to.
    """

    WALL = "wall", _("Wall")
    CHAIR = "chair", _("Chair")
    MAT = "mat", _("Mat")
    BED = "bed", _("Bed")
    TABLE = "table", _("Table")
    DOORWAY = "doorway", _("Doorway")
    STEP = "step", _("Step")
    TOWEL = "towel", _("Towel")
    SUPPORT = "support", _("Fixed support")
    RAISED_SURFACE = "raised_surface", _("Raised surface")
    SMALL_BALL = "small_ball", _("Small ball")
    CUSHION = "cushion", _("Cushion")
    BAND = "band", _("Stretch band")
    DUMBBELL = "dumbbell", _("Dumbbell")
    WATER_BOTTLE = "water_bottle", _("Water bottle")
    STICK = "stick", _("Stick")
    FOAM_ROLLER = "foam_roller", _("Foam roller")
    WHEELCHAIR = "wheelchair", _("Wheelchair")
