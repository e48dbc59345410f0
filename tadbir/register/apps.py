"""App configuration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tadbir.register"
    verbose_name = "Register"
    #: Tables that database triggers keep from update and delete.
    append_only_tables = ("register_entry",)
