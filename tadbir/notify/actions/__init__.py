"""The writers of notices: queue with the deed, send after it, try again, settle by hand, give up, forget, erase."""

from tadbir.notify.actions.forgetting import erase_all_of, forget_delivered
from tadbir.notify.actions.queueing import is_unreached, queue, retry, settle, take_back, without
from tadbir.notify.actions.sending import bounced, deliver, sweep

__all__ = [
    "bounced",
    "deliver",
    "erase_all_of",
    "forget_delivered",
    "is_unreached",
    "queue",
    "retry",
    "settle",
    "sweep",
    "take_back",
    "without",
]
