"""App configuration."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "tadbir.dossiers"
    verbose_name = "Dossiers"
    #: Tables that database triggers keep from update and delete.
    append_only_tables = ("dossiers_fact",)
    #: What a council changed in a definition is ended, never edited.
    frozen_columns = {
        "dossiers_definitionchange": (
            "council_id", "subject", "code", "corrects", "shipped", "off", "keys", "reason_ar", "reason_fr", "source",
            "since", "digest", "recorded_at", "by_id",
        ),
    }
