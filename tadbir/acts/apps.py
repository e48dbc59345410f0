"""App configuration."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "tadbir.acts"
    verbose_name = "Acts"
    #: What an act says and who signed it never changes; annulment, notification and files come beside.
    frozen_columns = {
        "acts_act": (
            "council_id",
            "kind",
            "series",
            "number",
            "date",
            "dossier_ref",
            "content_id",
            "sha256",
            "cose",
            "check_code",
            "issued_at",
            "signed_by_id",
            "signed_quality",
            "signed_delegation_id",
            "signed_on",
            "signed_means",
            "signed_article",
            "recorded_by_id",
        ),
        "acts_scan": ("council_id", "act_id", "file_id", "recognised", "at_seal", "added_by_id", "added_at"),
        "acts_sealkey": ("council_id", "kid", "certificate", "root", "starts_at", "ends_at"),
    }
    append_only_tables = ("acts_actpdf",)

    def ready(self) -> None:
        """Declare the proofs. Rows of an act whose text was erased hold its files, which nobody may read, no more."""
        from django.db.models import Q

        from tadbir.acts import proofs
        from tadbir.register.references import let_go

        proofs.declare_all()
        let_go("acts.Act", Q(content__erased_at__isnull=False))
        let_go("acts.ActPdf", Q(act__content__erased_at__isnull=False))
        let_go("acts.Scan", Q(act__content__erased_at__isnull=False))
        let_go("acts.Draft", Q(act__content__erased_at__isnull=False))
