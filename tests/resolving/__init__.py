"""Tests of resolving predictions and of what follows from it."""
