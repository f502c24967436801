"""The rules that the audit proves over the whole database, a module for each sort of rule."""
