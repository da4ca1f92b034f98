"""The models of the register and of the registration dossier, each in the module named for what it is about."""

from __future__ import annotations

from projects.chain_heads import ChainHead
from projects.groups import Group, Holding, PublishedTotal
from projects.life_models import LifeInformed, LifeNotice
from projects.register import CapitalEvent, Project
from projects.registration import Registration
from projects.registration_lists import (
    Equipment,
    LabourPhase,
    MobilisedSource,
    Objective,
    Phase,
    Product,
    RegistrationInvestor,
)
from projects.versions import ProjectVersion
from projects.zones import Sector, SectorConversion, Zone

__all__ = [
    "CapitalEvent",
    "ChainHead",
    "Equipment",
    "Group",
    "Holding",
    "LabourPhase",
    "LifeInformed",
    "LifeNotice",
    "MobilisedSource",
    "Objective",
    "Phase",
    "Product",
    "Project",
    "ProjectVersion",
    "PublishedTotal",
    "Registration",
    "RegistrationInvestor",
    "Sector",
    "SectorConversion",
    "Zone",
]
