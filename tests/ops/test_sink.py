"""The demo's mail server keeps each mail as one whole file."""

import os
import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from ops.processes import free_port
from ops.sink import Sink
from tests.fixtures.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.embedded
def test_each_recipient_gets_a_file_and_names_sort_in_the_order_of_arrival(tmp_path: Path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.sink"],
        cwd=ROOT,
        env=os.environ | {"EMAIL_PORT": str(port), "PORTAL_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    assert b"SMTP sink on" in process.stdout.readline()
    message = EmailMessage()
    message["Subject"] = "Hồ sơ đã được tiếp nhận"
    message["To"] = "a@demo.example, b@demo.example"
    message["From"] = "portal@haiphong.example"
    message.set_content("Kính gửi Quý nhà đầu tư")
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message)
    names = eventually(lambda: sorted(path.name for path in (tmp_path / "mail").iterdir()))
    assert names == ["000001-a@demo.example.eml", "000002-b@demo.example.eml"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_a_new_start_goes_on_counting(tmp_path: Path):
    Sink(tmp_path).keep("a@demo.example", b"one")
    assert Sink(tmp_path).keep("b@demo.example", b"two").name == "000002-b@demo.example.eml"


def test_a_recipient_cannot_choose_the_folder(tmp_path: Path):
    path = Sink(tmp_path).keep("../../etc/passwd@x", b"")
    assert path.parent == tmp_path
    assert path.name == "000001-.._.._etc_passwd@x.eml"
