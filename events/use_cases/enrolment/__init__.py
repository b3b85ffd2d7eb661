"""Editions, forms of institutions, people whom they delegate."""
