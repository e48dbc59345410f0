"""The API: the same actions as the screens, described in OpenAPI."""
