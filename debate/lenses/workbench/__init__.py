"""What the workbench shows of one essay: its text, its claims, what is missing, and what is like a sentence."""
