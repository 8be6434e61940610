"""The weekly check of links to other sites. A command asks; no request of a reader or an editor ever does."""
