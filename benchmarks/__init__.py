"""What is fast and what is short, measured in one run beside what a user would use instead: `make bench`."""
