"""Functions of numbers, each defined once: value, dtype rule, derivative, machine code, sample domain."""
