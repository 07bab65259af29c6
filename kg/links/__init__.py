"""Links to the vocabularies of others: SSSOM files in, the graph of links out."""

from kg.links.graph import link_quads, published_links
from kg.links.sssom import Link, LinkError, LinkSet, link_files, read_links
from kg.links.terms import published_terms

__all__ = [
    "Link",
    "LinkError",
    "LinkSet",
    "link_files",
    "link_quads",
    "published_links",
    "published_terms",
    "read_links",
]
