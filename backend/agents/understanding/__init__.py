"""From a message to its requests: clauses, entities, follow-ups, kind of request, consent, language and mood."""
