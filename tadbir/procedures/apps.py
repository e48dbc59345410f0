"""App configuration."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "tadbir.procedures"
    verbose_name = "Procedures"
