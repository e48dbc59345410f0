"""App configuration."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tadbir.services"
    verbose_name = "Services"
