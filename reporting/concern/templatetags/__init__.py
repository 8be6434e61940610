"""What templates of the form ask for."""
