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
            "council_id",
            "subject",
            "code",
            "corrects",
            "shipped",
            "off",
            "keys",
            "reason_ar",
            "reason_fr",
            "source",
            "since",
            "digest",
            "recorded_at",
            "by_id",
        )
    }

    def ready(self) -> None:
        """Declare the proofs. The documents of a dossier whose personal data were erased hold their files no more."""
        from django.db.models import Q

        from tadbir.database.inert import declare_job
        from tadbir.dossiers import deriving, proofs
        from tadbir.register.references import let_go

        proofs.declare_all()
        deriving.declare_all()
        let_go("dossiers.Document", Q(dossier__request__erased_at__isnull=False))
        declare_job("tadbir.dossiers.tasks.redate")
