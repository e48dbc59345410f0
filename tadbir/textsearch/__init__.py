"""Search in Arabic and French: one folding, one light stemmer, one index, the same answers on both databases."""
