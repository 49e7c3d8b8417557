"""Who answers and what is said: the orchestrator, understanding, and the writing of replies."""
