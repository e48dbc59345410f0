"""What may happen in each kind of dossier."""

from __future__ import annotations

from .regimes import REGIMES

# until services reads the regime itself
VERBS = REGIMES
