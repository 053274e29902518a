"""Back ends: how a compiled program is carried out."""
