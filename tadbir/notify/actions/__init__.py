"""The writers of notices: queue with the deed, send after it, try again, settle by hand, give up, forget, erase."""

from tadbir.notify.actions.forgetting import erase_all_of, forget_delivered
from tadbir.notify.actions.queueing import queue, retry, settle, settle_all_of, take_back, without
from tadbir.notify.actions.sending import bounced, deliver, sweep

__all__ = [
    "bounced",
    "deliver",
    "erase_all_of",
    "forget_delivered",
    "queue",
    "retry",
    "settle",
    "settle_all_of",
    "sweep",
    "take_back",
    "without",
]
