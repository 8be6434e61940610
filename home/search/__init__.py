"""Search: an index of words in ordinary tables, the words that editors add to it, and the answer to a reader."""
