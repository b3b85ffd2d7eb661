from procurement.admin import authorities, guides, orders, rules

__all__ = ["authorities", "guides", "orders", "rules"]
