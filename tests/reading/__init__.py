"""What readers read: the motion, the essays, their authors, and how it is all made."""
