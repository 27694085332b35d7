"""What ends a workflow. Named in the settings, and imported while models load: it imports none itself."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the version that was approved; if somebody saved another meanwhile, that one stays a draft."""
    from clinical.review import reviewing

    reviewing.publish_approved(workflow_state.current_task_state.revision, user)
