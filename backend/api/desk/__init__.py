"""The screens of the desk over HTTP: inbox, cases, numbers, settings, team."""
