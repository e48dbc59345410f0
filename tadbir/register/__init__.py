"""The register: one chain per council, numbers that are never given twice, files and private contents."""
