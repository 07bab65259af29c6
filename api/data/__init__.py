"""Records for people without SPARQL: figures, findings, units, projects, indicators, codes."""
