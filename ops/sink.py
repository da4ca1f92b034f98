"""A real SMTP server that delivers nowhere: each recipient's mail becomes one file, to be read at /mailbox/.

`python -m ops.sink` listens on EMAIL_PORT (8025) of the loopback and writes
`<PORTAL_VAR>/mail/<number>-<recipient>.eml`.
"""

import os
import re
import signal
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 64 * 1024 * 1024


class Sink:
    """Keeps what arrives under `folder`, numbered in the order of arrival, going on after the last number found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name.split("-", 1)[0]) for path in folder.glob("[0-9]*-*.eml")]
        self.number = max(numbers, default=0)

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it by the name of the SMTP command
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Accept the mail only once it is on disk, as a server that may be trusted does."""
        content = envelope.content or b""
        data = content if isinstance(content, bytes) else content.encode()
        for recipient in envelope.rcpt_tos:
            try:
                self.keep(recipient, data)
            except OSError as error:
                return f"451 cannot write: {error.strerror}"
        return "250 kept"

    def keep(self, recipient: str, data: bytes) -> Path:
        """Write one mail so that a reader finds it whole or not at all; names sort in the order of arrival."""
        self.number += 1
        name = re.sub(r"[^A-Za-z0-9@._+]", "_", recipient)[:120]
        target = self.folder / f"{self.number:06d}-{name}.eml"
        part = target.with_suffix(".part")
        part.write_bytes(data)
        return part.rename(target)


def listen(folder: Path, host: str, port: int) -> Controller:
    """Start a sink in a thread of its own; `.stop()` ends it. Raises OSError when the port is taken."""
    controller = Controller(Sink(folder), hostname=host, port=port, data_size_limit=MAX_BYTES)
    controller.start()
    return controller


def main() -> int:
    """Run until SIGTERM or SIGINT."""
    port = int(os.environ.get("EMAIL_PORT") or 8025)
    folder = Path(os.environ.get("PORTAL_VAR") or "var") / "mail"
    stopped = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopped.set())
    try:
        controller = listen(folder, "127.0.0.1", port)
    except OSError as error:
        print(f"The SMTP sink cannot listen on port {port}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"SMTP sink on 127.0.0.1:{port}, mail is kept in {folder}", flush=True)
    stopped.wait()
    controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
