"""Products of matrices as machine code of our own: part of a thread's work, or shared by the threads of our pool.

BLAS brings both operands into an order of its own before it multiplies, whatever their lengths, and has threads of its
own, which wait in loops for processors that somebody else may be using.

    vectors   vectors as long as registers
    tiles     a tile of the result, whose sums stay in registers
    direct    products of few rows in loops, which read w where it is or from a copy that is made once
    blocked   products of any length: blocks of w are copied, which thereby stay in the cache (Goto and van de Geijn,
              "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008)
    shared    those by columns or by rows on several threads

A sum over k is from left to right within blocks of BLOCK terms, and of those sums from left to right, in fused
multiplications and additions: it does not depend on how the work is divided.
"""
