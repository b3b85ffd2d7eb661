"""Where officers write, announce and conclude their notices."""
