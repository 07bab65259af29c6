"""Queries answered by SPARQL 1.1 endpoints elsewhere: one, or several replicas of one release."""

from api.backends.endpoint import Endpoint
from api.backends.replicas import Replicas
from api.backends.told import release_of

__all__ = ["Endpoint", "Replicas", "release_of"]
