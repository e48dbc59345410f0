"""Following a dossier without an account: number and code, its page, its papers and files."""
