"""The seven section pages of a registration."""
