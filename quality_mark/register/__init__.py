"""What the public sees of marks: how each stands on a day, the register, the badge."""
