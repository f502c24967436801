"""Tests of voting."""
