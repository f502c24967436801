"""What curators do at the desk: keep an essay's text, mark its claims, link them, take them back."""
