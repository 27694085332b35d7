"""Which id each exported record has, so that records can name each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from clinical.words.slugs import slug_of

_MOST_LETTERS = 60


class Names:
    """The ids of what is exported: of pages and notes by their key, of conditions and pictures by their number.

    What was loaded keeps its record's id. What was written here is called after its address; a
    note after its kind and key.
    """

    def __init__(self) -> None:
        self._of_keys: dict[tuple[str, UUID], str] = {}
        self._of_pks: dict[tuple[str, int], str] = {}
        self._taken: dict[str, set[str]] = {}
        #: What is not exported after all.
        self._dropped: set[tuple[str, str]] = set()
        self._missed: list[str] = []
        #: Records of other libraries, which are named and not exported.
        self._others: dict[tuple[str, int], tuple[str, str]] = {}
        #: The libraries whose records were named.
        self.needed: set[str] = set()

    def reserve(self, folder: str, identifiers: Iterable[str]) -> None:
        """Ids of loaded records, which nothing written here may take."""
        self._taken.setdefault(folder, set()).update(identifiers)

    def give(self, folder: str, *, library_id: str, words: str, pk: int, key: UUID | None = None) -> str:
        """The id of one record."""
        identifier = library_id or self._free(folder, words, key)
        self._of_pks[folder, pk] = identifier
        if key is not None:
            self._of_keys.setdefault((folder, key), identifier)
        return identifier

    def of_pk(self, folder: str, pk: int | None) -> str | None:
        """The id by the number of the row; none for what is not exported, which is noted."""
        if pk is None:
            return None
        found = self.page_of(folder, pk) or self._elsewhere(folder, pk)
        if found is None:
            self.miss(folder)
        return found

    def know_other(self, folder: str, pk: int, library: str, identifier: str) -> None:
        """A record of another library: it may be named, and is not exported."""
        self._others[folder, pk] = (library, identifier)

    def _elsewhere(self, folder: str, pk: int | None) -> str | None:
        """The id of another library's record, where ours has none of that id, which would be meant instead."""
        library, identifier = self._others.get((folder, pk), ("", "")) if pk is not None else ("", "")
        if not library or identifier in self._taken.get(folder, set()):
            return None
        self.needed.add(library)
        return identifier

    def of_key(self, folder: str, key: Any) -> str | None:
        """The id by the key that copies and translations share."""
        found = self._of_keys.get((folder, key))
        return None if found is None or (folder, found) in self._dropped else found

    def page_of(self, folder: str, pk: int | None) -> str | None:
        """The id of a page of this folder by its number, if it is one of them."""
        found = self._of_pks.get((folder, pk)) if pk is not None else None
        return None if found is None or (folder, found) in self._dropped else found

    def of_page(self, folder: str, pk: int | None) -> str | None:
        """The same; of a page of another library its id there."""
        return self.page_of(folder, pk) or self._elsewhere(folder, pk)

    def miss(self, folder: str) -> None:
        """Note that a record names something of this folder which is not exported."""
        self._missed.append(folder)

    def taken_missed(self) -> list[str]:
        """The folders of what was named and is not exported, since this was last asked."""
        missed, self._missed = self._missed, []
        return missed

    def drop(self, folder: str, identifier: str) -> None:
        """It cannot be exported, so nothing may name it."""
        self._dropped.add((folder, identifier))

    def _free(self, folder: str, words: str, key: UUID | None) -> str:
        """A name nobody has; with a piece of the key where it is taken, so that others that come and go change none."""
        taken = self._taken.setdefault(folder, set())
        plain = plain_name(words)
        number, name = 1, plain
        while name in taken:
            number += 1
            name = f"{plain}-{key.hex[:8] if key and number == 2 else number}"
        taken.add(name)
        return name


def plain_name(words: str) -> str:
    """Words as an id: plain small letters, digits and hyphens, with room for a piece of a key behind them."""
    plain = slug_of(words).replace("_", "-").lower()
    return "-".join(part for part in plain.split("-") if part)[: _MOST_LETTERS - 10].strip("-") or "record"


def name_of_note(kind: str, key: UUID) -> str:
    """What a note that was written here is called: never after its words, which may change."""
    return plain_name(f"{kind} {key.hex[:8]}")
