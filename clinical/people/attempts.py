"""How often passwords may be guessed and new ones asked for, and from where (AU5).

A guess is counted before the password is looked at, and given back when it was right. So guesses made at the same
moment count like those made in turn, and one too many costs no more than the count: checking a password takes a
quarter of a second of a processor, and nine a second would stop the site.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from clinical.people.known_devices import device_of, is_shown
from clinical.serving import rate_limits
from clinical.serving.networks import network_of_request
from clinical.serving.rate_limits import Limit, Try

HOUR_SECONDS = 60 * 60

#: Of an account, from wherever it is not known. Two such times may touch: 20 within any hour.
OF_ACCOUNT = Limit("sign-in-account", most=10, seconds=HOUR_SECONDS)
#: Of a network, whatever the account: a clinic's whole staff may stand behind one address.
OF_NETWORK = Limit("sign-in-network", most=60, seconds=HOUR_SECONDS)
#: Of everybody whose browser is not known: at most a quarter of one processor goes into checking passwords.
OF_EVERYBODY = Limit("sign-in-everybody", most=60, seconds=60)
#: Of an account from a browser known to be its owner's, whatever others do elsewhere.
OF_KNOWN_DEVICE = Limit("sign-in-known-device", most=10, seconds=HOUR_SECONDS)
#: Of an account, codes of a second factor: who tries them knows the password already. The other limits count them too.
OF_CODE = Limit("second-factor", most=30, seconds=24 * HOUR_SECONDS)
#: The same from a browser known to be the owner's: who has found out the password shuts nobody out of theirs.
OF_CODE_KNOWN_DEVICE = Limit("second-factor-known-device", most=30, seconds=24 * HOUR_SECONDS)
#: Of somebody signed in who is asked for their own password again.
OF_OWN_PASSWORD = Limit("own-password", most=10, seconds=HOUR_SECONDS)
#: Of an e-mail address that is sent a link for a new password. Each link works for an hour.
RESETS_OF_ADDRESS = Limit("reset-address", most=3, seconds=HOUR_SECONDS)
RESETS_OF_NETWORK = Limit("reset-network", most=20, seconds=HOUR_SECONDS)
#: Of a network, for pages that open with a password of their own.
PAGES_OF_NETWORK = Limit("page-password-network", most=20, seconds=HOUR_SECONDS)
#: Of a network, steps of single sign-on: each asks the provider, which may let us wait.
SINGLE_SIGN_ONS_OF_NETWORK = Limit("single-sign-on-network", most=60, seconds=10 * 60)


class TooManyAttempts(Exception):
    """One guess or request too many, for ``seconds`` to come. ``limit`` is one of those that were asked."""

    def __init__(self, limit: Limit, seconds: int) -> None:
        super().__init__(f"{limit.name}: {seconds} s")
        self.limit = limit
        self.seconds = seconds


def count_guess(request: HttpRequest | None, username: str) -> list[Try]:
    """Count a guess at an account's password; what was counted, to be given back when it was right.

    Whether there is such an account makes no difference, in the answer or in its time. Raises ``TooManyAttempts``.
    """
    return _take(*_tries(request, username))


def count_code(request: HttpRequest | None, person: Any) -> list[Try]:
    """Count a code of somebody's second factor as a guess; what was counted, to be given back when it was right.

    Raises ``TooManyAttempts``: of ``OF_NETWORK`` where others have used up what is everybody's here, not this person's.
    """
    name = person.get_username()
    device = device_of(request, person) if request is not None else ""
    tries = [*_tries(request, name), (OF_CODE_KNOWN_DEVICE, device) if device else (OF_CODE, folded(name))]
    try:
        return _take(*tries)
    except TooManyAttempts as refusal:
        of_person = (OF_ACCOUNT, OF_KNOWN_DEVICE, OF_CODE, OF_CODE_KNOWN_DEVICE)
        own = [(limit, whose) for limit, whose in tries if limit in of_person]
        if any(rate_limits.waits(limit, [whose]) for limit, whose in own):
            raise
        raise TooManyAttempts(OF_NETWORK, refusal.seconds) from None


def count_reset(request: HttpRequest, address: str) -> None:
    """Count a request for a new password, whether or not the address is known. Raises ``TooManyAttempts``."""
    _take((RESETS_OF_NETWORK, network_of_request(request)), (RESETS_OF_ADDRESS, folded(address)))


def count_single_sign_on(request: HttpRequest) -> None:
    """Count a step on the way to the provider or back. Raises ``TooManyAttempts``."""
    _take((SINGLE_SIGN_ONS_OF_NETWORK, network_of_request(request)))


def count_page_password(request: HttpRequest) -> None:
    """Count a password for a page that asks for one. Raises ``TooManyAttempts``."""
    _take((PAGES_OF_NETWORK, network_of_request(request)))


def is_own_password(person: Any, password: str) -> bool:
    """Whether somebody who is signed in has given their own password. Raises ``TooManyAttempts``."""
    if not password:
        return False
    tries = _take((OF_OWN_PASSWORD, str(person.pk)))
    if not person.check_password(password):
        return False
    rate_limits.give_back(*tries)
    return True


def forget_attempts_on(person: Any) -> None:
    """Let somebody try again who was told to wait, or whose account strangers have been guessing at."""
    name = folded(person.get_username())
    rate_limits.forget((OF_ACCOUNT, name), (OF_CODE, name))
    rate_limits.forget((OF_OWN_PASSWORD, str(person.pk)), (RESETS_OF_ADDRESS, folded(person.email)))


def minutes_to_wait(people: list[Any]) -> dict[int, int]:
    """By the key of each account that cannot be signed in to from a new browser at present: for how many minutes."""
    names = {person.pk: folded(person.get_username()) for person in people}
    # Whose codes are used up waits longer.
    waiting = rate_limits.waits(OF_ACCOUNT, names.values()) | rate_limits.waits(OF_CODE, names.values())
    return {pk: -(-waiting[name] // 60) for pk, name in names.items() if name in waiting}


def folded(name: str) -> str:
    """A name or an address as it is counted: however it is written, it is the same one."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _tries(request: HttpRequest | None, username: str) -> list[Try]:
    if request is None:
        return [(OF_ACCOUNT, folded(username))]
    if is_shown(request):
        person = get_user_model()._default_manager.filter(username=username).first()
        device = device_of(request, person) if person else ""
        if device:
            return [(OF_KNOWN_DEVICE, device)]
    return [(OF_NETWORK, network_of_request(request)), (OF_ACCOUNT, folded(username)), (OF_EVERYBODY, "")]


def _take(*tries: Try) -> list[Try]:
    seconds = rate_limits.take(*tries)
    if seconds:
        raise TooManyAttempts(tries[-1][0], seconds)
    return list(tries)
