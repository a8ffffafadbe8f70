"""What a framework of inspection for children's services costs, and how fast it finds poor providers."""

__version__ = "0.1.0"
