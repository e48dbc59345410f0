"""The residents' pages: services, filing, following a dossier. Views parse, call an action or a query, and draw."""
