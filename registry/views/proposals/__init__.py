"""Pages of /panel/ on which the people of an organisation propose changes of its card."""
