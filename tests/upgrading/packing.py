"""Keep a database made by ``making.py`` in the repository, as small as it goes; and take it out again."""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATABASE, FACTS = HERE / "earlier.sqlite3.xz", HERE / "earlier.json"


def pack(database: Path, facts: Path) -> int:
    """Put a database and what is known of it in their places here; returns the bytes it takes."""
    DATABASE.write_bytes(lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    FACTS.write_text(facts.read_text(encoding="utf-8"), encoding="utf-8")
    return DATABASE.stat().st_size


def unpack(database: Path) -> dict[str, Any]:
    """Write the stored database to a file; returns what is known of it."""
    database.write_bytes(lzma.decompress(DATABASE.read_bytes()))
    known: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    return known


if __name__ == "__main__":
    sys.stdout.write(f"{pack(Path(sys.argv[1]), Path(sys.argv[2]))} bytes\n")
