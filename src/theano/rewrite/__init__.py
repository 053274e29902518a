"""Rewriting: rules that bring an expression graph into an equal one that is simpler, more accurate, or faster.

engine     applies rules to one FunctionGraph until none applies
pattern    rules written as two expressions
terms      sums, products and repeated numbers as rules see them
canonical, stable, special    the books of rules
axes, indexing, structure, scatter  books for axes, parts of arrays, arrays made of others, and increments; in canonicalize
branches, probabilities, matrices  chapters about the ops of a room, imported once that has been
scans, loop_draft, loop_states, loop_sums  loops: what becomes of them as a whole
trusting    rules that leave out checks, on request
shapes     lengths computed from lengths
passes     which of these are done, and in which order
"""
