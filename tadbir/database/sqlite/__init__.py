"""SQLite as a Django engine (`ENGINE = "tadbir.database.sqlite"`), with writers served in turn."""
