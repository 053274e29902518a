"""Which ops of ours are performed by NumPy in compiled code, and why: for all others there are loops."""

import importlib
import pkgutil

import theano.control_flow  # ops outside theano.tensor
import theano.printing
import theano.random.multinomial
import theano.sparse.sampling
import theano.tensor
import theano.typed_list
from theano.backends.llvm.lower.registry import lower
from theano.graph import Op

COMPARISONS = ("Equal", "NotEqual", "LessThan", "LessEqual", "GreaterThan", "GreaterEqual")
CALLED_BACK = {
    "SortOp": "NumPy's sort is as fast as a loop",
    "ArgSortOp": "NumPy's sort is as fast as a loop",
    "TopKOp": "NumPy's partition is as fast as a loop",
    "Unique": "sorts",
    "ChoiceFromUniform": "each choice waits for the one before, in rows of its own; NumPy does it for all rows at once",
    **dict.fromkeys(("MatrixPinv", "TensorInv", "TensorSolve", "lstsq", "Eig"), "LAPACK, called by NumPy"),
    "Eigvalsh": "LAPACK, called by SciPy",
    "Expm": "products and solutions in SciPy, as many as the norm of the matrix asks for",
    **dict.fromkeys(("RFFTOp", "IRFFTOp", "FourierTransform"), "pocketfft, of NumPy or SciPy"),
    "RandomFunction": "the numbers are those of NumPy's generator, which computes them",
    "CSM": "makes a matrix of SciPy",
    "GetItemScalar": "looks one element up",
    **dict.fromkeys(
        ("GetItem2d", "GetItem2dGrad", "GetItemList", "GetItemListGrad", "GetItem2Lists", "GetItem2ListsGrad"),
        "which elements there are is found by SciPy's C",
    ),
    **dict.fromkeys(
        ("HStack", "VStack", "InFormat", "Remove0", "EnsureSortedIndices", "SparseFromDense", "ConstructSparseFromList"),
        "SciPy's C sorts and counts",
    ),
    **dict.fromkeys(("TrueDot", "MulSS"), "where two sparse matrices meet is found by SciPy's C"),
    **dict.fromkeys(("Diag", "SquareDiagonal"), "as long as one row"),
    **dict.fromkeys((f"{n}SS" for n in COMPARISONS), "where two sparse matrices meet is found by SciPy's C"),
    **dict.fromkeys(("Poisson", "Binomial", "Multinomial"), "the numbers are those of NumPy's generator, which computes them"),
    "LoadFromDisk": "reads a file",
    "Raise": "all it does is raise",
    "ValidChoice": "all it does is look for an error, which lists the choices",
    **dict.fromkeys(
        ("Append", "Extend", "Insert", "Remove", "Reverse", "GetItem", "GetSlice", "Index", "Count", "Length", "MakeList"),
        "a list is Python's",
    ),
    "ConnectionistTemporalClassification": "one step after the other, for all sequences and labels at once",
    "Print": "writes a line of text",
    "FromFunctionOp": "made of a user's Python function",
}
WITHOUT_CODE = {"InnerGraph", "Checkpointed", "Normalization", "OpFromGraph", "ProductOfOthers", "Flatten", "IfElse"}  # written as other ops before lowering
FORMS = {  # what several ops have in common
    "DescribedOp", "GemmRelated", "_Mixed", "_Indexed", "_Extremum", "MatrixOp", "QR", "_OfRows",
    "BaseAbstractConv", "_Along2", "_Along3", "BaseCorrMM", "BaseCorr3dMM",
    "_OfCompressed", "_OfList", "_OfOne", "_Binary", "_OfTwoSparse", "_Comparison", "_Product", "_Draw", "PoolingOp", "PoolGrad", "MaxPoolRop",
}  # fmt: skip


def op_classes():
    for module in pkgutil.walk_packages(theano.tensor.__path__, "theano.tensor."):
        if ".legacy" not in module.name:
            importlib.import_module(module.name)
    stack, found = [Op], set()
    while stack:
        for kind in stack.pop().__subclasses__():
            stack.append(kind)
            if kind.__module__.startswith("theano.") and not kind.__module__.startswith(("theano.scalar", "theano.legacy", "theano.extension.numbers")):
                found.add(kind)
    return found


def test_every_op_has_a_loop_or_a_reason():
    default = lower.dispatch(object)
    classes = {kind for kind in op_classes() if not hasattr(kind, "inlined")}  # others are written as other ops before
    without = {kind.__name__ for kind in classes if lower.dispatch(kind) is default}
    assert without - WITHOUT_CODE - FORMS == set(CALLED_BACK)
