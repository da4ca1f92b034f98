"""The demo's mailbox shows what was sent, safely, and exists in a demo only."""

from email.message import EmailMessage
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


def deliver(folder: Path, name: str, *, to: str, subject: str = "HP-26-7K3M2Q", html: str = "") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "portal@haiphong.example", to, subject
    message["Date"] = "Tue, 24 Nov 2026 09:30:00 +0700"
    message.set_content("Hồ sơ đã nhận: https://portal.example/cases/HP-26-7K3M2Q/")
    if html:
        message.add_alternative(html, subtype="html")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def test_an_empty_mailbox_says_how_to_fill_it(client, folder):
    assert client.get("/mailbox/").status_code == 200


def test_mails_are_listed_and_found_by_their_reader(client, folder):
    deliver(folder, "1", to="kim@lg.example", subject="HP-26-AAAAAA: received")
    deliver(folder, "2", to="binh@heza.example", subject="HP-26-BBBBBB: to sign")
    everything = client.get("/mailbox/").content.decode()
    assert "AAAAAA" in everything
    assert "BBBBBB" in everything
    one = client.get("/mailbox/", {"to": "KIM@"}).content.decode()
    assert "AAAAAA" in one
    assert "BBBBBB" not in one


def test_a_mail_is_shown_as_text_and_in_a_frame_without_rights(client, folder):
    deliver(folder, "1", to="kim@lg.example", html="<p>Hi</p><script>alert(1)</script>")
    shown = client.get("/mailbox/1/").content.decode()
    assert "Hồ sơ đã nhận" in shown
    assert 'sandbox=""' in shown
    assert "alert(1)" not in shown


def test_the_html_of_a_mail_may_run_and_load_nothing(client, folder):
    deliver(folder, "1", to="kim@lg.example", html="<p>Hi</p><script>alert(1)</script>")
    answer = client.get("/mailbox/1/html/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_the_words_of_a_mail_are_not_read_as_markup(client, folder):
    deliver(folder, "1", to="kim@lg.example", subject="<img src=x>")
    assert "&lt;img src=x&gt;" in client.get("/mailbox/1/").content.decode()


@pytest.mark.parametrize("name", ["..%2Fportal", "2", "..", "1.eml", "%2Fetc%2Fpasswd"])
def test_only_a_mail_of_the_list_can_be_read(client, folder, name):
    deliver(folder, "1", to="kim@lg.example")
    (folder.parent / "portal.eml").write_text("secret")
    assert client.get(f"/mailbox/{name}/").status_code == 404


def test_outside_a_demo_there_is_no_mailbox(client, folder, settings):
    deliver(folder, "1", to="kim@lg.example")
    settings.DEMO = False
    assert client.get("/mailbox/").status_code == 404
    assert client.get("/mailbox/1/").status_code == 404
    assert client.get("/mailbox/1/html/").status_code == 404
