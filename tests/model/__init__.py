"""The model: draws, schedule, months, histories, and the answers known in closed form."""
