"""What everybody reads under /zamowienia/: the list, its files and feeds."""
