"""Changes of a card that its people propose: its places, how they are typed, compared and told in words."""
