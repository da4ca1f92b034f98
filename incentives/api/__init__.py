"""The incentive tools for programs."""
