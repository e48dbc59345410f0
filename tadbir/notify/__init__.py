"""Notices: what the council tells people by mail and text message. Queued with the deed, sent after it."""
