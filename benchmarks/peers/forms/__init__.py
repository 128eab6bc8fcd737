"""How a user of each tool writes the questions down: a module for each, which makes the files that this user keeps."""
