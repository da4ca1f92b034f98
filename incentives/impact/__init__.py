"""What incentives do: to which projects, how much revenue they forgo, and what another rule would change."""
