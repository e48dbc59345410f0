"""`python -m tadbir.law list`: the same as `tadbir law list`."""

from .commands import main

raise SystemExit(main())
