"""A kind of dossier that exists only in the tests: the proof that a new kind needs one small app and nothing else."""
