"""The agents' views of the services: the counter."""
