"""Translatable texts: collected, kept per app, checked, compiled. No gettext needed."""
