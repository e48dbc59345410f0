"""The writers of the register. All of them run inside the caller's transaction, except `keep_file`, which
puts bytes on disk before the transaction that mentions them can commit, and the sweep of the files."""

from tadbir.register.actions.chain import (
    FIRST,
    Drill,
    Link,
    NotInTransaction,
    Number,
    OtherBody,
    append,
    append_all,
    close_series,
    commitment_of,
    content_commitment,
    entry_hash,
    erase_content,
    keep_content,
    lock_head,
    next_number,
    once,
)
from tadbir.register.actions.files import erase_files, keep_file
from tadbir.register.actions.sweep import Swept, sweep_files
from tadbir.register.actions.uploads import keep_upload

__all__ = [
    "FIRST",
    "Drill",
    "Link",
    "NotInTransaction",
    "Number",
    "OtherBody",
    "Swept",
    "append",
    "append_all",
    "close_series",
    "commitment_of",
    "content_commitment",
    "entry_hash",
    "erase_content",
    "erase_files",
    "keep_content",
    "keep_file",
    "keep_upload",
    "lock_head",
    "next_number",
    "once",
    "sweep_files",
]
