"""The pages of the register, each in the module named for what it shows."""

from __future__ import annotations

from projects.views.as_of import project_certificate, project_certificate_pdf
from projects.views.groups import group_detail, group_list
from projects.views.project import project_detail
from projects.views.register import chosen_projects, project_list, wanted_day
from projects.views.searches import money_echo, sector_search

__all__ = [
    "chosen_projects",
    "group_detail",
    "group_list",
    "money_echo",
    "project_certificate",
    "project_certificate_pdf",
    "project_detail",
    "project_list",
    "sector_search",
    "wanted_day",
]
