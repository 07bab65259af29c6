"""Queries from anyone, each in a process of its own that can be killed.

The engine can neither cancel a query nor give it a time limit. So the process that has loaded the
store forks workers, which share its memory; each answers one query at a time, and one that takes
too long, too much memory or has no client left is killed, while the others go on.
"""

from api.workers.answering import Answering
from api.workers.body import Body
from api.workers.nursery import Nursery
from api.workers.opening import Place
from api.workers.pool import Pool
from api.workers.pooled import PooledStore
from api.workers.worker import Bounds

__all__ = ["Answering", "Body", "Bounds", "Nursery", "Place", "Pool", "PooledStore"]
