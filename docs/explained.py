"""The whole system in one file: read it from top to bottom, or run it and read what it prints.

    python docs/explained.py

Three expressions go all the way from symbols to machine code:

    sum(x * w)        elementwise, and a reduction
    tanh(x * w)       a function of numbers
    dot(A, B)         a routine of a library

Each chapter prints one stage and names the folder of ``src/theano`` in which it is done.
"""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import numpy as np

import theano
import theano.tensor as T
from theano import scalar
from theano.backends.llvm.arguments_code import ArgumentSpec
from theano.backends.llvm.lower import lower_graph
from theano.backends.llvm.machine import Module, host, module_for_host, optimise, target_machine
from theano.backends.llvm.program_code import emit_program
from theano.graph import FunctionGraph, Variable
from theano.loops.plan import make_program
from theano.loops.program import Kernel, Launch, LibraryCall, Program
from theano.rewrite.engine import RuleBook
from theano.rewrite.passes import PASSES, rewriter
from theano.rewrite.pattern import rule, variable


def main() -> None:
    x, w = T.dvectors("x", "w")
    A, B = T.dmatrices("A", "B")

    expressions(x, w)
    functions_of_numbers()
    gradient = gradients(x, w)
    rules()
    rewriting(gradient, x, w)
    loops("sum(x w) and tanh(x w)", [x, w], [(x * w).sum(), T.tanh(x * w)])
    loops("dot(A, B)", [A, B], [T.dot(A, B)])
    machine_code([x, w], [(x * w).sum()])
    the_entry(x, w)


# -- 1. expressions ------------------------------------------------------------------------------------------------------


def expressions(x: Variable, w: Variable) -> None:
    """A variable knows its type, and the Apply that computes it: its ``owner``.  An Apply has an op and inputs.

    Nothing is computed.  What an op means is said once, by its ``perform``, in plain NumPy.
    """
    chapter("1. An expression", "graph, tensor")
    y = (x * w).sum()
    print(tree(y))
    product, value = y.owner.inputs[0].owner, [[None]]
    product.op.perform(product, [np.array([1.0, 2.0]), np.array([3.0, 4.0])], value)
    print(f"\n{product.op} performed on [1 2] and [3 4]: {value[0][0]}")
    print(f"it was made at {product.origin}: errors at run time point there")


# -- 2. functions of numbers ---------------------------------------------------------------------------------------------


def functions_of_numbers() -> None:
    """Elementwise ops apply a function of numbers.  All that is known of one stands in one place: value, dtype rule,
    partial derivatives, machine code, and the domain from which tests draw.
    """
    chapter("2. A function of numbers", "scalar")
    tanh, n = scalar.tanh, scalar.float64("n")
    (derivative,) = tanh.partials(n, tanh(n))
    print(f"{tanh}: {(tanh.__doc__ or '').strip().splitlines()[0]}")
    print(f"value          tanh(0.5) = {tanh.impl(0.5)}")
    print(f"dtype          of int8: {tanh.output_dtypes('int8')[0]}, of int32: {tanh.output_dtypes('int32')[0]}")
    print("derivative     from the argument and the value:")
    print(tree(derivative))


# -- 3. gradients --------------------------------------------------------------------------------------------------------


def gradients(x: Variable, w: Variable) -> Variable:
    """``grad`` walks from the cost to the inputs and asks each op's ``L_op`` what becomes of a cotangent."""
    chapter("3. A gradient", "gradient")
    gradient = theano.grad(T.tanh(x * w).sum(), w)
    print("d sum(tanh(x w)) / dw, as L_op builds it:")
    print(tree(gradient))
    return gradient


# -- 4. rules ------------------------------------------------------------------------------------------------------------


def rules() -> None:
    """A rewrite rule is a row: a name, what is to be found, what it becomes.

    The matcher sees sums and products in any order; the right side must weigh less, so that rewriting ends.
    """
    chapter("4. A rewrite rule", "rewrite")
    a, x = variable("a"), T.dvector("x")
    book = RuleBook("ours", [rule("log1p", scalar.log(1 + a), scalar.log1p(a))])
    graph = FunctionGraph([x], [T.log(x + 1.0)])
    print(f"{book.rules[0].text}\n\nbefore\n{tree(graph.outputs[0])}")
    applied = book.to_fixpoint(graph)
    print(f"after {dict(applied)}\n{tree(graph.outputs[0])}")


# -- 5. rewriting --------------------------------------------------------------------------------------------------------


def rewriting(gradient: Variable, x: Variable, w: Variable) -> None:
    """A function rewrites a copy of the user's graph, the FunctionGraph: it merges equal computations as they come
    in, and is changed by ``replace`` alone.  The passes are one list.
    """
    chapter("5. Rewriting", "rewrite")
    graph = FunctionGraph([x, w], [gradient])
    before = len(graph.apply_nodes)
    rewriter("fast_run")(graph)
    print("passes:", ", ".join(one.name for one in PASSES))
    print(f"the gradient had {before} applications and now has {len(graph.apply_nodes)}:")
    print(tree(graph.outputs[0]))


# -- 6. steps ------------------------------------------------------------------------------------------------------------


def planned(inputs: list[Variable], outputs: list[Variable]) -> tuple[FunctionGraph, Program]:
    """Rewrite, lower to definitions (what each output *is*), then fuse these into loops and place their values."""
    graph = FunctionGraph(inputs, outputs)
    rewriter("fast_run")(graph)
    lowered = lower_graph(graph, len(inputs))
    program = make_program(
        lowered.inputs, lowered.states, lowered.constants, lowered.definitions, lowered.outputs, []
    )
    return graph, program


def loops(title: str, inputs: list[Variable], outputs: list[Variable]) -> None:
    """A program is a list of steps over buffers, whose lengths are known when it runs.

    Both sum(x w) and tanh(x w) read x and w in the same order, so one loop computes the two of them; a matrix product
    is a call of the BLAS that comes with SciPy.
    """
    chapter(f"6. The steps of {title}", "loops")
    _, program = planned(inputs, outputs)
    for step in program.steps:
        match step:
            case Launch(kernel):
                print(loop_text(kernel))
            case LibraryCall(routine):
                print(f"call {routine}")
            case _:
                print(f"{type(step).__name__}: lengths that must agree are compared")


def loop_text(kernel: Kernel) -> str:
    """A kernel as a person would write it: straight-line code over positions inside nested loops."""
    lines = [f"acc{k} = {a.initial}" for k, a in enumerate(kernel.accumulators)]
    for depth, size in enumerate(kernel.extents):
        lines.append("    " * depth + f"for i{depth} in range(size{size}):")
    indent = "    " * len(kernel.extents)
    for k, instruction in enumerate(kernel.body):
        operands = [f"v{n}" for n in instruction.operands]
        match instruction.code:
            case "call":
                text = f"{instruction.value}({', '.join(operands)})"
            case "load":
                text = f"buffer{instruction.value}[{operands[0]}]"
            case "axis":
                text = f"i{instruction.value}"
            case "carried":
                text = f"acc{instruction.value}"
            case code:
                text = f"{code} {instruction.value}"
        lines.append(f"{indent}v{k} = {text}")
    lines += [f"{indent}acc{k} = v{a.following}" for k, a in enumerate(kernel.accumulators)]
    for store in sorted(kernel.stores, key=lambda store: store.after_fold):
        margin, value = ("    " * kernel.parallel, "acc") if store.after_fold else (indent, "v")
        lines.append(f"{margin}buffer{store.buffer}[v{store.offset}] = {value}{store.value}")
    return "\n".join(lines)


# -- 7. machine code -----------------------------------------------------------------------------------------------------


def machine_code(inputs: list[Variable], outputs: list[Variable]) -> None:
    """The steps become one LLVM module: a function for each kernel, and ``entry``, which CPython calls.

    LLVM widens the loops to vectors; our own linker lays the object code out as an image, which the disk cache keeps.
    """
    chapter("7. Machine code", "backends/llvm")
    _, program = planned(inputs, outputs)
    module: Module = module_for_host("explained")
    specs = [ArgumentSpec(v.type.dtype, v.type.broadcastable, True) for v in inputs]
    emit_program(module, program, specs, True, frozenset())
    for text in re.findall(r"^define .*", str(module), re.MULTILINE):
        print(text[:110])
    parsed = llvm.parse_assembly(str(module))
    optimise(parsed, host(), module.effort)
    assembly = target_machine(host()).emit_assembly(parsed)
    widest = [line.strip() for line in assembly.splitlines() if re.search(r"\b(v?fmadd\w*pd|v?mulpd|fmul|fmla)\b", line)]
    print(f"\nof {len(assembly.splitlines())} lines of assembly, those that multiply:", *widest[:4], sep="\n    ")


# -- 8. the entry --------------------------------------------------------------------------------------------------------


def the_entry(x: Variable, w: Variable) -> None:
    """``theano.function`` does all of this.  What it returns calls native code directly: CPython finds the machine
    code as the function's ``__call__``, which reads the arrays' own fields and returns a new array.
    """
    chapter("8. The entry", "compile")
    f = theano.function([x, w], (x * w).sum(), mode="llvm")
    x_value, w_value = np.arange(4.0), np.array([0.1, 0.25, 0.15, 0.3])
    print(f"__call__ is a {type(type(f).__call__).__name__}")
    print(f"f(x, w) = {f(x_value, w_value)}, NumPy says {(x_value * w_value).sum()}")
    try:
        f(x_value, w_value[:3])
    except ValueError as error:
        print(f"and f(x, w[:3]) raises ValueError:\n    {str(error).splitlines()[0]}")


# -- how it is printed ---------------------------------------------------------------------------------------------------


def tree(v: Variable) -> str:
    """An expression, operands below what they are operands of."""
    lines, stack = [], [(v, 1)]
    while stack:  # a loop, as everywhere: graphs may be deeper than Python's stack
        v, depth = stack.pop()
        lines.append("  " * depth + (f"{v}: {v.type}" if v.owner is None else str(v.owner.op)))
        stack += [(i, depth + 1) for i in reversed(v.owner.inputs if v.owner is not None else [])]
    return "\n".join(lines)


def chapter(title: str, folder: str) -> None:
    print(f"\n\n{title}    ({folder})\n{'-' * len(title)}")


if __name__ == "__main__":
    main()
