"""The routine library's registration with Django."""

from django.apps import AppConfig


class RoutinesConfig(AppConfig):
    """What a patient is given."""

    name = "routines"
    verbose_name = "Routines"

    def ready(self) -> None:
        """Have a say before an exercise changes under the routines that use it."""
        from django.db.models.signals import post_save

        from clinical.withdrawal import impact
        from exercises.models import ExercisePage
        from routines.models import prescriptions_that_no_longer_fit
        from routines.models.minutes_kept import keep_minutes
        from routines.models.reach import concerned_as_prescribers, reach_among_routines, touched_as_prescriber

        post_save.connect(keep_minutes, sender=ExercisePage, dispatch_uid="minutes of routines")
        impact.register_objector(prescriptions_that_no_longer_fit)
        impact.register_reach(reach_among_routines)
        impact.register_concern(concerned_as_prescribers)
        impact.register_touch(touched_as_prescriber)
