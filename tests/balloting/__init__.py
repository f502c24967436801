"""Tests of balloting."""
