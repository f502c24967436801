"""What only a browser does: acting in place, by keyboard, without script, and what axe finds."""
