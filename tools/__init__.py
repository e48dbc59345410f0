"""Tools for those who build Tadbir; nothing here runs in a council."""
