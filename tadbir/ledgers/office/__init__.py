"""The register, who read what, and registers on paper."""
