"""Notices to people: e-mail and text messages, queued in the transaction, sent after it, never lost."""
