"""Who takes part in a review, where something stands in it, and a decision as the platform carries it out."""

from __future__ import annotations

from typing import Any

from clinical.models import User


def superuser(name: str) -> User:
    """Somebody with every permission there is."""
    return User.objects.filter(username=name).first() or User.objects.create_superuser(name)


def step_of(thing: Any) -> Any:
    """Where it stands in its review."""
    return type(thing).objects.get(pk=thing.pk).current_workflow_task_state


def decide(thing: Any, user: User, action: str = "approve", **sent: Any) -> None:
    """What the platform does with a decision."""
    step = step_of(thing)
    step.task.specific.on_action(step, user, action, **sent)
