"""Running Tadbir on a machine: its folder, its certificate, the server, the daily round, backup and restore."""
