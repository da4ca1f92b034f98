"""The way to the mail server: Django's SMTP backend, one connection for many letters, and a stop before the last line.

A mail server takes a letter over when it has read the line with a single dot that ends it. Just before that line we
write down that the letter is being handed over. Whatever kills the worker earlier, the letter was certainly not sent
and is sent again; what is left open are the microseconds between our commit and the dot.
"""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from collections.abc import Callable
from email.header import Header
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

STANDARD: Final = "django.core.mail.backends.smtp.EmailBackend"
LAST_LINE: Final = b".\r\n"
ENCODED_WORD: Final = 64  # leaves room for "Subject: " in a line of 76
IDLE_SECONDS: Final = 15.0  # a connection unused for longer may have been closed by the server
LETTERS_PER_CONNECTION: Final = 100


def _nothing() -> None:
    """Before anybody asks for a stop, there is none."""


class PlainClient(smtplib.SMTP):
    """SMTP, also with STARTTLS. `before_last_line` is called when all of a letter but the final dot has been sent."""

    before_last_line: Callable[[], None] = staticmethod(_nothing)

    def send(self, s: Any) -> None:
        """Send, with a stop before the line that ends a letter (smtplib sends content and dot in one call)."""
        if isinstance(s, bytes) and s.endswith(b"\r\n" + LAST_LINE):
            if self.sock is not None:  # else Nagle holds the dot back until the content has been acknowledged
                self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().send(s[: -len(LAST_LINE)])
            self.before_last_line()
            s = LAST_LINE
        super().send(s)


class TLSClient(PlainClient, smtplib.SMTP_SSL):
    """SMTP inside TLS."""


class LetterBackend(EmailBackend):
    """Django's SMTP backend with clients that stop before the last line."""

    @property
    def connection_class(self) -> type[PlainClient]:
        """The client for the configured kind of connection."""
        return TLSClient if self.use_ssl else PlainClient


class LetterMail(EmailMultiAlternatives):
    """A mail whose subject begins on the line of its name.

    Python folds a long subject that is not plain ASCII before its first word, and many readers then see a space
    in front of the reference.
    """

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """The mail as it is sent, the subject in encoded words short enough for the first line."""
        message, subject = super().message(*args, **kwargs), str(self.subject)
        if not subject.isascii():
            del message["Subject"]
            words = Header(subject, "utf-8", maxlinelen=ENCODED_WORD).encode()
            message["Subject"] = " ".join(words.split())
        return message


class Postman(threading.local):
    """Carries letters over one connection per thread, which is kept for the next letter."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._server: tuple[Any, ...] = ()
        self._used_at = 0.0
        self._carried = 0

    def carry(self, letter: EmailMessage, before_last_line: Callable[[], None]) -> None:
        """Hand one letter over. Raises SMTPException or OSError; what `before_last_line` raises stops the letter.

        A kept connection that turns out to be dead is replaced once, as long as the letter was not being handed over.
        """
        handing_over = False

        def stop() -> None:
            nonlocal handing_over
            before_last_line()
            handing_over = True

        kept = self._ready()
        try:
            self._send(letter, stop)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            self.hang_up()
            if not kept or handing_over:
                raise
            self._send(letter, stop)
        except BaseException:
            self.hang_up()
            raise

    def hang_up(self) -> None:
        """Drop the connection without a word: in the middle of a letter even `QUIT` would become part of it."""
        client = getattr(self._backend, "connection", None)
        self._backend = None
        if isinstance(client, smtplib.SMTP):
            client.close()

    def _ready(self) -> bool:
        """Whether there is a connection worth keeping."""
        server = (settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER)
        worn = time.monotonic() - self._used_at > IDLE_SECONDS or self._carried >= LETTERS_PER_CONNECTION
        if self._backend is not None and (worn or server != self._server):
            self.hang_up()
        self._server = server
        return self._backend is not None

    def _send(self, letter: EmailMessage, stop: Callable[[], None]) -> None:
        if self._backend is None:
            configured = settings.EMAIL_BACKEND
            backend = LetterBackend() if configured == STANDARD else get_connection(configured)
            backend.open()
            self._backend, self._carried = backend, 0
        client = getattr(self._backend, "connection", None)
        if isinstance(client, PlainClient):
            client.before_last_line = stop
        else:  # another way of sending, which cannot stop in the middle
            stop()
        self._backend.send_messages([letter])
        self._used_at = time.monotonic()
        self._carried += 1


postman = Postman()
