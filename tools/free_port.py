"""Says before anything else is done whether ``make run`` can listen on its port: ``python -m tools.free_port 8000``.

The exit status is 0 where it can. Needs nothing that is not in Python itself.
"""

from __future__ import annotations

import socket
import sys

#: The numbers a port may have; those below are the system's own.
FIRST, LAST = 1024, 65535


def fault(told: str) -> str:
    """What is wrong with this port, and what to do; nothing where it is free."""
    if not told.isdecimal() or not FIRST <= int(told) <= LAST:
        return f"PORT={told} is no port: name a number from {FIRST} to {LAST}, such as make run PORT=8001"
    with socket.socket() as asked:
        # As the server does: a port that was in use a moment ago is free.
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", int(told)))
        except OSError:
            another = int(told) + 1 if int(told) < LAST else FIRST
            return f"Port {told} is taken, perhaps by a second make run: make run PORT={another}"
    return ""


def main(words: list[str]) -> int:
    """The exit status."""
    if len(words) != 1:
        raise SystemExit(__doc__)
    if told := fault(words[0]):
        print(f"\n{told}\nNothing has been changed.\n", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
