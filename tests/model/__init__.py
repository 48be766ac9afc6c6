"""The model: draws, schedule, months, replicates, and the answers known in closed form."""
