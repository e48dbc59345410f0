"""App configuration."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "tadbir.dossiers"
    verbose_name = "Dossiers"
    #: Tables that database triggers keep from update and delete.
    append_only_tables = ("dossiers_fact",)
