"""The public home and the office home, sign-in pages, and what belongs to no single domain."""
