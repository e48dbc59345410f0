"""The demonstration: two councils, fictional people, some forty dossiers lived through by the real actions."""
