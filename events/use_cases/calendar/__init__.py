"""An event: written, copied, announced, moved, called off."""
