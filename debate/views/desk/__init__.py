"""The desk: where curators bring essays in, take them apart, have them reviewed and publish them.

Its pages are put together from small parts in templates/desk/, each of which names its inputs on its first line:

_ways.html      the start page's list of what can be done here: a line for each of the desk's pages
_essay.html     a row of the start page: one essay at work, and how far it is
_acts.html      the workbench's list of what can be done with the essay as a whole, in its head
_facts.html     what is known of the essay, beneath its title on the workbench

A page of the desk is a view in a module of this package behind `access.for_curators`, its template extends
desk/base.html, and its address begins with /curate/.
"""
