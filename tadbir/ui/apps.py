"""App configuration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tadbir.ui"
    verbose_name = "Design system"
