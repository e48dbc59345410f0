"""The readers of the services: `residents` for the person who asks."""
