"""Whether files can be kept and read again: tried with a small one, now and then, and never waited for long.

It is tried beside the request that asks, in a thread of its own, since a folder on another machine may hold whoever
touches it for minutes. Who asks is told what is known by then.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinical.serving.storage import UNFINISHED

logger = logging.getLogger(__name__)

#: For how long an answer is believed, in seconds: that all is well, and that it is not.
WELL_SECONDS, FAILING_SECONDS = 30.0, 5.0
#: How long whoever asks waits for the trial, and how long it may take before it counts as failed, in seconds.
WAIT_SECONDS, TRIAL_SECONDS = 0.4, 5.0


@dataclass
class _Known:
    is_failing: bool = False
    tried_at: float = float("-inf")
    trial: threading.Thread | None = None
    begun_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_known = _Known()


def is_failing() -> bool:
    """Whether a file could not be kept and read when that was last tried; a trial that has no end has failed."""
    with _known.lock:
        believed = FAILING_SECONDS if _known.is_failing else WELL_SECONDS
        if _known.trial is None and time.monotonic() - _known.tried_at >= believed:
            _known.trial = threading.Thread(target=_try, name="storage health", daemon=True)
            _known.begun_at = time.monotonic()
            _known.trial.start()
        trial = _known.trial
    if trial is not None:
        trial.join(WAIT_SECONDS)
    return _known.is_failing or (_known.trial is not None and time.monotonic() - _known.begun_at > TRIAL_SECONDS)


def forget() -> None:
    """Try anew."""
    _known.is_failing, _known.tried_at = False, float("-inf")


def _try() -> None:
    """Said to the log once, and once more when it is over."""
    fault = _fault()
    if fault and not _known.is_failing:
        logger.error("Files cannot be kept, or not be read: %s", fault)
    elif _known.is_failing and not fault:
        logger.warning("Files can be kept and read again.")
    _known.is_failing, _known.tried_at, _known.trial = bool(fault), time.monotonic(), None


def _fault() -> str:
    """What is wrong; nothing where a file is there as it was written. Whatever a storage raises is wrong with it."""
    written = uuid4().hex.encode()
    try:
        name = default_storage.save(f"{UNFINISHED}/trial-{written.decode()}", ContentFile(written))
        try:
            with default_storage.open(name) as file:
                return "" if file.read() == written else "a file was not as it was written"
        finally:
            default_storage.delete(name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
