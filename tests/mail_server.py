"""A mail server on this machine that does what it is told: take mail, hang, offer no encryption, break off."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: What it can be told to do.
WELL, HANGS, HAS_NO_TLS, BREAKS_OFF, BREAKS_OFF_AFTER_TAKING_IT = "well", "hangs", "no tls", "breaks off", "after"


class MailServer(socketserver.ThreadingTCPServer):
    """``taken`` are the letters it has said it has taken."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.does = WELL
        self.taken: list[str] = []
        #: What it answers to a command, where that is not "well".
        self.answers: dict[str, str] = {}
        self.ends = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        if self.server.does == HANGS:
            self.server.ends.wait(60)
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            if command == "DATA":
                if not self.take():
                    return
            elif command == "QUIT":
                if self.server.does != BREAKS_OFF_AFTER_TAKING_IT:
                    self.say("221 good bye")
                return
            else:
                self.say(self.server.answers.get(command, "250 well"))

    def take(self) -> bool:
        self.say("354 go on")
        letter = ""
        while (line := self.rfile.readline().decode()) != ".\r\n":
            letter += line
        if self.server.does == BREAKS_OFF:
            return False
        self.server.taken.append(letter)
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Answers until the block ends."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.ends.set()
        server.shutdown()
