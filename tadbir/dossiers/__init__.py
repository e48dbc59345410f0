"""Dossiers: anything with an owner and a clock. Facts go in, the law derives duties, links join them."""
