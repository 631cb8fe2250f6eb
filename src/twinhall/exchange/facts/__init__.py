"""Fact files: what sources say, told in TOML, and how it goes into the register."""
