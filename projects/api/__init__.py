"""The register and the registration dossier over HTTP, for programs."""
