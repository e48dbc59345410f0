"""The agents' views: my duties, the dossier on one page, the answer, the counter, the register."""
