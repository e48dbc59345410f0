"""Ledgers: registers printed as numbered, sealed pages, signed off by hand, their scans kept."""
