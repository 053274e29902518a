"""Parameters in files: ``save`` and ``load`` of arrays and shared variables as ``.npz`` or ``.safetensors``.

Neither file can hold code: what is read is numbers, names and lengths, all of them checked.  Functions and graphs are
kept by ``pickle``.
"""

from theano.saving.files import DamagedFile, load, save

__all__ = ["DamagedFile", "load", "save"]
