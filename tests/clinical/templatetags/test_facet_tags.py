"""The map of the body: every body area is on it, large enough for a finger."""

from __future__ import annotations

from clinical.templatetags.facet_tags import MAP
from exercises.models.facets import region_options


def test_every_body_area_is_on_the_map_and_no_shape_is_too_small_for_a_finger():
    assert {name for side in MAP.values() for name in side} == {value for value, _label in region_options()}
    sizes = [shape[2:] for side in MAP.values() for shapes in side.values() for shape in shapes]
    # The narrowest the map is drawn is 160 pixels for 120 of these: 18 are the 24 pixels a target needs (WCAG 2.5.8).
    assert min(min(size) for size in sizes) >= 18
