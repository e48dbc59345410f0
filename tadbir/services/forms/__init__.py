"""What comes in: from residents, at the counter, from agents."""
