"""Jobs of this app: short, they carry ids, and may run twice."""
