"""Services to people: requests, from the phone or the counter to a signed and notified answer."""
