"""What several tests of exercises stand on."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clinical.models import Picture


@pytest.fixture
def picture(db: None, tmp_path: Any) -> Picture:
    """A small picture with everything said about it."""
    cache.clear()  # the platform remembers what it made of a picture by its number, which comes again in every test
    file = tmp_path / "calf.png"
    Image.new("RGB", (32, 20), "teal").save(file)
    upload = SimpleUploadedFile("calf.png", file.read_bytes(), "image/png")
    said = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
    return Picture.objects.create(title="Calf", file=upload, **said)
