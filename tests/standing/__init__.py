"""Tests of telling where a reader stands."""
