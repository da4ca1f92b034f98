"""What was granted and what follows: reports, inspections, breaches, the end."""
