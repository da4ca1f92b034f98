"""Addresses of the pages about people and organisations; allauth's own are included beside them by the project."""

from __future__ import annotations

from django.urls import path

from accounts.views import organisation, people, settings

urlpatterns = [
    path("settings/", settings.account_settings, name="account-settings"),
    path("settings/token/end/", settings.end_token, name="end-token"),
    path("organisation/", organisation.organisation_page, name="organisation"),
    path("organisation/new/", organisation.organisation_new, name="organisation-new"),
    path("organisation/edit/", organisation.organisation_edit, name="organisation-edit"),
    path("organisation/switch/", settings.switch_organisation, name="switch-organisation"),
    path("organisation/people/", people.organisation_people, name="organisation-people"),
    path("organisation/people/invite/", people.organisation_invite, name="organisation-invite"),
    path("organisation/people/<int:person>/roles/", people.member_roles, name="member-roles"),
    path("organisation/people/<int:person>/letter/", people.member_letter, name="member-letter"),
    path("organisation/letters/<int:membership>/", people.authority_letter, name="authority-letter"),
    path("organisation/invitations/<int:invitation>/cancel/", people.invitation_cancel, name="invitation-cancel"),
    path("organisation/invitations/<int:invitation>/again/", people.invitation_again, name="invitation-again"),
    path("invitation/<str:token>/", people.invitation_page, name="invitation"),
    path("invitation/<str:token>/answer/", people.invitation_answer, name="invitation-answer"),
]
