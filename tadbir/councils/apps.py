"""App configuration."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "tadbir.councils"
    verbose_name = "Councils"
