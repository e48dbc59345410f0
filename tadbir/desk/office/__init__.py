"""The agents' views that every domain shares: my duties, trays, a dossier on one page, its answer, people, calendar."""
