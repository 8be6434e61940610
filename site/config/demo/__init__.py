"""What the demonstration needs beside the site itself: keys, accounts to sign in with, and a few sample reports."""


class DemoError(Exception):
    """The demonstration cannot be set up; the message says what to do."""
