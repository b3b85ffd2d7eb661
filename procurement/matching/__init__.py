"""Who can deliver an order, and which orders an organisation can deliver: read from what the register shows to all."""
