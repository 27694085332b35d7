"""Signing in, for every road that asks Django to: a guess too many never reaches the password.

Django writes the name of this class into every session. So it stands where it always stood: elsewhere it would sign
everybody out.
"""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from clinical.people.attempts import count_guess
from clinical.serving import rate_limits


class LimitedBackend(ModelBackend):
    """The platform's way of signing in, with every guess counted before it is looked at."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """The account, where the password is right. Raises ``TooManyAttempts``, which becomes an answer of 429.

        For a name nobody has, the platform computes a hash too, so that known and unknown take as long.
        """
        username = username or kwargs.get(get_user_model().USERNAME_FIELD)
        if username is None or password is None:
            return None
        tries = count_guess(request, username)
        person = super().authenticate(request, username=username, password=password)
        if person is not None and not person.signs_in_by_password:
            return None
        if person is not None:
            rate_limits.give_back(*tries)
        return person

    async def aauthenticate(self, request: HttpRequest | None, *args: Any, **credentials: Any) -> Any:
        """The same for whoever may not wait; the platform's own would go past the count."""
        return await sync_to_async(self.authenticate)(request, *args, **credentials)
