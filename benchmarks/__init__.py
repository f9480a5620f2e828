"""The speed that the product promises, each promise as a ratio measured in one run: ``python -m benchmarks``."""
