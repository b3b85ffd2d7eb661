"""The feed of changes as it is read: places in it, its pages, and what is said when a question makes no sense."""
