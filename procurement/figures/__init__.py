"""How many orders, with which clauses, who won them, what became of the promises: counted from what visitors see."""
