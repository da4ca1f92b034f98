"""Error pages say what happened and where to go, in the reader's language."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path

from accounts.access import ANYONE, open_to
from portal import errors
from portal.urls import urlpatterns as portal_urls


@open_to(ANYONE)
def breaking(request, how):
    """A view that fails as asked."""
    raise {
        "400": SuspiciousOperation("spoilt"), "403": PermissionDenied("Only the owner may do this."),
        "404": Http404(), "500": ZeroDivisionError(),
    }[how]  # fmt: skip


urlpatterns = [*portal_urls, path("breaking/<how>/", breaking)]
handler400, handler500 = errors.bad_request, errors.server_error


@pytest.fixture
def visitor(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_an_error_page_has_its_code_a_way_on_and_the_frame(visitor, code):
    answer = visitor.get(f"/breaking/{code}/")
    shown = answer.content.decode()
    assert answer.status_code == code
    assert f'<p class="kicker">{code}</p>' in shown
    assert 'href="/"' in shown
    assert "css/tokens.css" in shown
    assert shown.count("<h1") == 1


@pytest.mark.django_db
def test_a_refusal_gives_its_reason(visitor):
    assert "Only the owner may do this." in visitor.get("/breaking/403/").content.decode()


@pytest.mark.parametrize("code", [400, 500])
def test_the_pages_for_a_broken_system_speak_both_languages_and_ask_no_database(code):
    answer = {400: errors.bad_request, 500: errors.server_error}[code](RequestFactory().get("/"))
    shown = answer.content.decode()
    assert '<html lang="vi">' in shown
    assert 'lang="en"' in shown


@pytest.mark.django_db
def test_a_form_from_a_page_that_was_open_too_long_is_explained(visitor):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["django_language"] = "en"
    answer = strict.post("/language/", {"language": "vi"})
    assert answer.status_code == 403
    assert "The page was open for too long" in answer.content.decode()


def test_a_conflict_shows_the_way_to_how_it_stands_now():
    shown = render_to_string("409.html", {"back_url": "/cases/HP-26-7K3M2Q/", "exception": "Changed meanwhile."})
    assert "Changed meanwhile." in shown
    assert 'href="/cases/HP-26-7K3M2Q/"' in shown
