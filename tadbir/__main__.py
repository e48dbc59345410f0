"""`python -m tadbir`."""

from tadbir.cli import main

main()
