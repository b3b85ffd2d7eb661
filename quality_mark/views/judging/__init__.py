"""Pages of those who judge: assessors, the office that assigns, the commission, the director."""
