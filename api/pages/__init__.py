"""Pages for people: what each shows of a resource, beside the data and the text it came from."""
