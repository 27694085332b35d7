"""The registration of sharing with Django."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """What is handed to one patient."""

    name = "sharing"
    verbose_name = "Sharing"

    def ready(self) -> None:
        """Say which open links a withdrawal would reach."""
        from clinical.withdrawal import impact
        from sharing import checks  # noqa: F401  (registers them)
        from sharing.models.reach import concerned_as_givers, reach_among_links, touched_as_giver

        impact.register_reach(reach_among_links)
        impact.register_concern(concerned_as_givers)
        impact.register_touch(touched_as_giver)
