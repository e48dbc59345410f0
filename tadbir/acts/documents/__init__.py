"""The pure part of official documents: no database, no clock, no network.

Order is fixed: data -> canonical JSON -> COSE -> QR -> Typst -> ActualText -> seal.
Heavy libraries (typst, pikepdf, pyhanko) are imported inside the functions that need them, so that a web
worker at rest does not carry them.
"""
