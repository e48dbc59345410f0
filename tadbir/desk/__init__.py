"""The desk: the office that every domain shares, and the one door through which a domain declares its matter."""
