"""Streams of random numbers: they keep states in shared variables, which functions that draw from them move on."""
