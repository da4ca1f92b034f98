"""How the portal is started, tested, checked and kept: the programs behind the targets of the Makefile."""
