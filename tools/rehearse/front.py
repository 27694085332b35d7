"""nginx as ``deploy`` has it, with other folders and ports, and a visitor who asks it."""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

from tools.rehearse.place import HOST, ROOT, Place
from tools.rehearse.telling import NotSo

#: Where visitors come from: another address than any program names as its own.
VISITOR = "127.0.0.77"

_WHOLE = """
pid {folder}/run/nginx.pid;
daemon off;
worker_processes 1;
error_log {folder}/log/nginx.log;
events {{ worker_connections 256; }}
http {{
    types {{ image/png png; image/jpeg jpg jpeg; image/webp webp; }}
    client_body_temp_path {folder}/temporary/body;
    proxy_temp_path {folder}/temporary/proxy;
    fastcgi_temp_path {folder}/temporary/fastcgi;
    uwsgi_temp_path {folder}/temporary/uwsgi;
    scgi_temp_path {folder}/temporary/scgi;
    include {folder}/nginx/*.conf;
}}
"""


def program() -> str | None:
    """Where nginx is; root's folders are not on everybody's path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Front:
    """The web server, and questions to it; without nginx none can be asked."""

    def __init__(self, place: Place, nginx: str, ports: tuple[int, int], behind: list[int]) -> None:
        self.place, self.nginx, (self.plain, self.port) = place, nginx, ports
        self.file = place.folder / "nginx.conf"
        self.process: subprocess.Popen[str] | None = None
        (place.folder / "nginx").mkdir()
        self.file.write_text(_WHOLE.format(folder=place.folder), encoding="utf-8")
        plainly = {"listen 80;": f"listen {self.plain};", "listen 80 ": f"listen {self.plain} "}
        self._write("nginx.conf", {**plainly, "listen 443 ": f"listen {self.port} "})
        first, second = behind
        self._write("servers.conf", {":8000 ": f":{first} ", ":8001 ": f":{second} "})
        self._certificate(place.site / "tls")
        place.own(place.folder / "nginx", place.site / "tls")
        # A visitor trusts what was made for the occasion, and nothing else.
        self.trust = ssl.create_default_context(cafile=str(place.site / "tls/fullchain.pem"))

    def _write(self, name: str, others: dict[str, str]) -> None:
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        others |= {"/srv/stretchsite": str(self.place.site), "/var/log/nginx": str(self.place.logs)}
        for ours, other in others.items():
            text = text.replace(ours, other)
        (self.place.folder / "nginx" / name).write_text(text, encoding="utf-8")

    def _certificate(self, folder: Path) -> None:
        folder.mkdir()
        key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
        kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
        names = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
        made = ("openssl", "req", "-x509", *kind, *names, "-keyout", str(key), "-out", str(certificate))
        subprocess.run(made, check=True, capture_output=True)

    def test(self) -> None:
        """``nginx -t``. Raises ``NotSo`` with what it says."""
        self.place.run(self.nginx, "-t", "-p", self.place.folder, "-c", self.file)

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with (self.place.logs / "nginx.log").open("a", encoding="utf-8") as log:
            command = [self.nginx, "-p", str(self.place.folder), "-c", str(self.file)]
            given = {**self.place.process, "cwd": self.place.folder}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **given)
        for _try in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise NotSo(f"nginx does not listen: {(self.place.logs / 'nginx.log').read_text(encoding='utf-8')}")

    def stop(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def ask(self, path: str, is_plain: bool = False) -> tuple[int, str]:
        """The status and the text (or where it leads) of one answer, as a visitor from elsewhere gets it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=60, source_address=(VISITOR, 0))
        if not is_plain:
            connection.port = self.port
            connection.connect()
            connection.sock = self.trust.wrap_socket(connection.sock, server_hostname=HOST)
        try:
            connection.request("GET", path, headers={"Host": HOST, "Accept": "text/html"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
