"""The server: a release directory, over HTTP, as SPARQL, linked data, pages and dumps."""
