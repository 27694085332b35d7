"""For the few templates of the platform's whose inline scripts ours replace."""

from __future__ import annotations

import json

from django import template
from django.utils.safestring import SafeString

from clinical.admin.widgets import call

register = template.Library()


@register.simple_tag
def start_with(name: str, options: str) -> SafeString:
    """Start something that takes its options, given as JSON."""
    return call(name, f"[{options}]")


@register.simple_tag
def start_at(name: str, element: str, options: str) -> SafeString:
    """Start something that takes the id of an element, and its options as JSON."""
    return call(name, f"[{json.dumps(element)}, {options}]")
