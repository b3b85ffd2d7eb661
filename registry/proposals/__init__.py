"""Changes of a card that its people propose: which places there are, how they are typed, compared and told in words."""
