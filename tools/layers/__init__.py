"""The layers of the house, for what import-linter does not read: templates, tag libraries, names of addresses."""
