"""Every page that the site can answer with."""
