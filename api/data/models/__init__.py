"""The records of the JSON API, as OpenAPI declares them: amounts are strings, to be exact."""
