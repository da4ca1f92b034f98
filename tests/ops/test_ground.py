"""The ground of the suite itself: what a test commits is put back, mail and browser are real."""

import asyncio
import smtplib
from email.message import EmailMessage

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction


def counts() -> tuple[int, int]:
    return Group.objects.count(), Permission.objects.count()


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_and_what_migrations_made_is_still_there(time: str):
    groups, permissions = counts()
    assert permissions > 50
    assert not Group.objects.filter(name="made by a test").exists()
    with transaction.atomic():
        added = Group.objects.create(name="made by a test")
        added.permissions.add(Permission.objects.first())
    assert counts() == (groups + 1, permissions)


@pytest.mark.django_db
def test_the_suite_runs_on_postgresql():
    assert connection.vendor == "postgresql"


def test_mail_of_this_process_arrives_by_smtp(smtp_sink):
    message = EmailMessage()
    message["Subject"] = "Hồ sơ đã được tiếp nhận"
    with smtplib.SMTP("127.0.0.1", smtp_sink.port) as client:
        client.send_message(message, "portal@haiphong.example", ["a@demo.example"])
        smtp_sink.answer = "451 try again later"
        with pytest.raises(smtplib.SMTPDataError):
            client.send_message(message, "portal@haiphong.example", ["b@demo.example"])
    assert [mail["Subject"] for mail in smtp_sink.wait_for(1)] == ["Hồ sơ đã được tiếp nhận"]
    smtp_sink.stop()
    with pytest.raises(OSError):
        smtplib.SMTP("127.0.0.1", smtp_sink.port)


@pytest.mark.browser
def test_the_browser_sees_the_running_site_and_leaves_the_test_its_own_loop(page):
    seen = []
    page.on("response", lambda response: seen.append((response.status, Group.objects.count() > 0)))
    assert page.goto("/healthz").status == 200
    assert page.inner_text("body").strip() == "ok"
    assert seen[0] == (200, True)

    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42
    assert page.title() == ""


@pytest.mark.browser
def test_a_visitor_without_javascript_and_with_a_narrow_window_is_another_one(new_page):
    narrow = new_page(javascript=False, locale="en-GB", width=320)
    narrow.set_content("<p>no script</p><script>document.body.textContent = 'script'</script>")
    assert narrow.inner_text("body") == "no script"
    assert narrow.viewport_size["width"] == 320
