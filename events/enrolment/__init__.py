"""Forms of institutions and what people give: steps, faults, papers, texts."""
