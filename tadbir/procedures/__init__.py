"""Procedures: the council's services as published sheets (law 55-19, article 6), versioned, as data."""
