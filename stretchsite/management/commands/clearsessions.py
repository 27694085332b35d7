"""``manage.py clearsessions``: Django's, which says when it last ran."""

from __future__ import annotations

from django.contrib.sessions.management.commands.clearsessions import Command as DjangosCommand

from clinical.background.heartbeats import RegularCommand


class Command(RegularCommand, DjangosCommand):
    """Remove old sessions."""
