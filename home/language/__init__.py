"""How pages are worded: words not to use, how hard a text is to read, and telling editors while they write."""
