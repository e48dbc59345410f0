"""What is kept of dossiers: who, what, the facts, the duties the law derived from them, the council's definitions."""

from tadbir.dossiers.models.definitions import ClosedDay, DefinitionChange, Redating
from tadbir.dossiers.models.dossier import Document, Dossier, Fact, Link, Party
from tadbir.dossiers.models.duty import Duty, Never, Said

__all__ = [
    "ClosedDay",
    "DefinitionChange",
    "Document",
    "Dossier",
    "Duty",
    "Fact",
    "Link",
    "Never",
    "Party",
    "Redating",
    "Said",
]
