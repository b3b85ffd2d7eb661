"""Files of the private storage: who names them, letting them go, and finding those that nobody names."""
