"""What the assessment of an application is: who may do it, what the scores say, who sees them when."""
