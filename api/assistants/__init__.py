"""The Model Context Protocol: assistants ask the JSON API, and answer with cited passages."""
