"""Short labels for links: "K7 Fern". The site chooses them, so that nobody names a patient to find a list again.

Pure. Said aloud on a telephone, found in a list, and no secret: a label opens nothing and says nothing of anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

#: Without what is taken for something else when it is read or heard: I, O, 0 and 1; B for D and P; M for N.
LETTERS, FIGURES = "ACDEFGHJKLNRSTUVWXYZ", "23456789"
_WORDS = (
    "Acorn Apple Arrow Barley Basket Beacon Birch Bramble Bridge Brook Canoe Candle Cedar Chalk Cherry "
    "Cloud Clover Cobble Copper Coral Cotton Crane Dune Echo Elm Ember Falcon Feather Fern Field Finch "
    "Flint Forest Fox Garden Glade Gravel Harbour Hazel Hedge Heron Hill Island Kettle Lagoon Lantern "
    "Larch Lemon Linen Maple Marble Meadow Mill Mint Moss Oak Orchard Otter Paddle Pebble Pine Plum "
    "Pond Quartz Quill Raft Reed Ribbon River Sail Slate Sparrow Spruce Stone Straw Swan Thistle Tide "
    "Timber Valley Velvet Walnut Willow Wren"
)
#: Plain words of one or two syllables that nobody is called by and that mean nothing in a clinic.
WORDS = tuple(_WORDS.split())


def new_mark(taken: Collection[str] = ()) -> str:
    """A label by chance, none of those that are taken while there is another."""
    for _turn in range(20):
        mark = f"{secrets.choice(LETTERS)}{secrets.choice(FIGURES)} {secrets.choice(WORDS)}"
        if mark not in taken:
            break
    return mark
