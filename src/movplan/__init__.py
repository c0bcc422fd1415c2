"""movplan: movement logistics and scheduling optimiser."""

__version__ = "0.1.0"
