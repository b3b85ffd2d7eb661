from open_data.models.datasets import Content, Dump

__all__ = ["Content", "Dump"]
