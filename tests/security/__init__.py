"""Hostile tries: each refusal beside what must still work."""
