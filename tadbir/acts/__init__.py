"""Official documents: made, sealed, numbered, notified, verified (design 6)."""
