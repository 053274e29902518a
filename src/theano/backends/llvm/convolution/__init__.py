"""Machine code of convolution and its adjoints: one part for each dtype, emitted once for a processor, called by all functions.

Images are copied into a *layout* in which each kernel element meets its numbers at a fixed distance from where the result
stands, whatever steps, dilation and borders are; where the image itself is like that, nothing is copied.  Then

    result[f, p] = sum over taps t of  weight[t, f] * laid_out[p + offset[t]]

for places p that follow one another in memory: loops over p and f are a block of registers, and t is the inner loop
(Georganas et al., "Anatomy of High-Performance Deep Learning Convolutions on SIMD Architectures", 2018, blocks likewise).

    frame    the numbers that the functions share, in memory
    layout   layouts, and copying there and back
    taps     the inner loops
    registers  how many sums fit
    sharing  how the work is divided, and kernels packed for it
    forward  the convolution
    inputs   its adjoint for images, which adds up the same products the other way round
    weights  its adjoint for kernels: for each pair of filter and tap a sum over places
    outer    the same with filters side by side, where there are enough
    winograd kernels of 3 x 3 with fewer multiplications
"""
