"""A council's own changes to the rules and wordings: kept, dated, ended, shown. See docs/decisions/0011-overlays.md."""
