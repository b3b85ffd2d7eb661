"""What a notice is in its steps, in words and on its page; reads only."""
