"""What is asked of an export, and what came of it: what was written, and what had to stay behind and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Asked:
    """Which versions are wanted: what readers see, or with ``drafts`` the newest words of everything."""

    drafts: bool = False
    #: The id of a library that was loaded here; empty for what was written here, or came without a name.
    library: str = ""
    #: Under which licence what was written here may be used; a loaded library has its own.
    licence: str = "All rights reserved"
    #: Under which id what was written here goes out; empty for one after the clinic's name.
    name: str = ""

    def words(self) -> str:
        """The same for whoever reads what was done."""
        if self.drafts:
            return "The newest words of everything, drafts too, whether or not anybody has approved them."
        return "What readers see now; no drafts."


@dataclass
class Outcome:
    """How many records of each folder were written, and what was not, each with its reason."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    #: What would keep the whole from being loaded.
    to_mend: list[str] = field(default_factory=list)
    #: Which page or note each record says, by folder and id.
    keys: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def leave_out(self, what: str, why: str) -> None:
        """Note something that stays behind."""
        self.left_out.append(f"{what}: {why}")
