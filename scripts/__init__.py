"""What runs the site and its checks from outside; the Makefile calls it."""
