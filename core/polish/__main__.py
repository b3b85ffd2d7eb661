"""`python -m core.polish` builds the dictionary file, so that no visitor waits for it."""

from core.polish import build_cache

if __name__ == "__main__":
    print(build_cache())
