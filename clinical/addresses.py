"""Addresses every floor may link to. They are a contract, so they are built and never looked up."""

from __future__ import annotations

from django.urls import reverse


def hub_address(slug: str) -> str:
    """The page of one condition."""
    return reverse("condition", kwargs={"slug": slug})
