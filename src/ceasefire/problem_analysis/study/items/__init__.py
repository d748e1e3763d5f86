"""The items of a problem analysis in the order in which it is read, each in a file of its own."""
