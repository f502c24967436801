"""Rows that nobody wrote, of the shape and number that many years would bring: to measure by, never to show."""
