"""App configuration."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tadbir.notify"
    verbose_name = "Notices"
