"""Module paths of Theano 1.0.5: files that only import, names that are those of the rooms."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import theano
import theano.tensor as T

LEGACY = Path(theano.__file__).parent / "legacy"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(LEGACY.parents[1])}
FILES = sorted(
    path for path in LEGACY.rglob("*.py") if "adapters" not in path.parts and path != LEGACY / "__init__.py"
)


def module_name(path: Path) -> str:
    parts = path.relative_to(LEGACY).with_suffix("").parts
    return ".".join(["theano", *(parts[:-1] if parts[-1] == "__init__" else parts)])


def is_mirror_of_a_real_module(path: Path) -> bool:
    relative = path.relative_to(LEGACY)
    return (LEGACY.parent / relative).exists()


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_file_has_only_a_docstring_imports_and_a_list_of_names(path: Path) -> None:
    docstring, *rest = ast.parse(path.read_text()).body
    assert isinstance(docstring, ast.Expr) and isinstance(docstring.value, ast.Constant)
    assert f"{module_name(path)} of Theano 1.0.5" in docstring.value.value
    for statement in rest:
        is_list = isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__"
        assert is_list or isinstance(statement, (ast.Import, ast.ImportFrom)), ast.unparse(statement)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_every_listed_name_is_found_under_the_old_path(path: Path) -> None:
    module = importlib.import_module(module_name(path))
    body = ast.parse(path.read_text()).body
    listed = [ast.literal_eval(s.value) for s in body if isinstance(s, ast.Assign)]
    for name in listed[0] if listed else []:
        getattr(module, name)


def test_rooms_take_from_legacy_only_what_serves_old_names() -> None:
    allowed = {"extend_path", "old_names"}
    for path in sorted(LEGACY.parent.rglob("*.py")):
        if LEGACY in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("theano.legacy"):
                assert node.module == "theano.legacy" and {a.name for a in node.names} <= allowed, path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("theano.gof.graph.inputs", "theano.graph.walk.graph_inputs"),
        ("theano.gof.Op", "theano.graph.op.Op"),
        ("theano.gof.FunctionGraph", "theano.graph.fgraph.FunctionGraph"),
        ("theano.tensor.basic.as_tensor_variable", "theano.tensor.constant.as_tensor_variable"),
        ("theano.tensor.extra_ops.repeat", "theano.tensor.repeat.repeat"),
        ("theano.tensor.subtensor.AdvancedSubtensor1", "theano.tensor.advanced.AdvancedSubtensor1"),
        ("theano.tensor.elemwise.DimShuffle", "theano.tensor.dimshuffle.DimShuffle"),
        ("theano.compile.sharedvalue.SharedVariable", "theano.compile.shared.SharedVariable"),
        ("theano.compile.function_module.FunctionMaker", "theano.compile.maker.FunctionMaker"),
        ("theano.configparser.change_flags", "theano.configuration.change_flags"),
        ("theano.scalar.basic.UnaryScalarOp", "theano.scalar.names.UnaryScalarOp"),
    ],
)
def test_an_old_name_is_the_very_object_of_the_new_one(old: str, new: str) -> None:
    def found(dotted: str) -> object:
        module, _, name = dotted.rpartition(".")
        return getattr(importlib.import_module(module), name)

    assert found(old) is found(new)


@pytest.mark.parametrize(
    "package", ["theano", "theano.tensor", "theano.compile", "theano.scalar", "theano.gradient"]
)
def test_no_module_takes_the_name_of_a_function(package: str) -> None:
    code = f"""
import importlib, pkgutil, types, {package} as package
before = {{n: v for n, v in vars(package).items() if not isinstance(v, types.ModuleType)}}
for found in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"{package}.{{found.name}}")
taken = [n for n, v in before.items() if vars(package).get(n) is not v]
assert not taken, taken
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)


def test_modules_of_a_package_are_attributes_and_cost_nothing_before_they_are_used() -> None:
    code = """
import sys, theano, theano.tensor as T
assert not any(name in sys.modules for name in ("theano.gradient", "theano.rewrite", "theano.gof", "llvmlite", "scipy"))
assert T.nlinalg.trace is T.trace and T.extra_ops.cumsum is T.cumsum and theano.gof.Apply is theano.Apply
assert not hasattr(T, "no_such_name") and not hasattr(theano, "no_such_name")
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)


def test_an_unknown_name_is_an_error_of_the_module_that_was_asked() -> None:
    with pytest.raises(AttributeError, match=r"module 'theano\.tensor' has no attribute 'matrx'"):
        T.matrx  # noqa: B018
    with pytest.raises(
        AttributeError, match=r"module 'theano\.tensor\.subtensor' has no attribute 'nothing'"
    ):
        importlib.import_module("theano.tensor.subtensor").nothing  # noqa: B018


def test_a_text_that_is_no_name_is_no_attribute() -> None:
    assert not hasattr(theano, "tensor.exp") and not hasattr(T, "Elemwise.make_node")


def test_values_eq_approx_of_an_old_path_compares_arrays() -> None:
    values_eq_approx = importlib.import_module("theano.tensor.type").values_eq_approx_remove_inf
    assert values_eq_approx(np.array([1.0, np.inf]), np.array([1.0, 2.0]))
    assert not values_eq_approx(np.array([1.0]), np.array([1.1]))


def test_flags_are_read_and_set_through_the_list_of_them() -> None:
    """As PyMC3 does around the blocks of its models."""
    flags = {flag.fullname: flag for flag in importlib.import_module("theano.configparser")._config_var_list}
    assert set(flags) >= {"floatX", "compute_test_value", "scan.allow_gc"}
    flag, before = flags["scan.allow_gc"], theano.config.scan.allow_gc
    assert flag.__get__(True, None) is before
    flag.__set__(None, not before)
    assert theano.config.scan.allow_gc is not before
    flag.__set__(None, before)
    with pytest.raises(ValueError, match="floatX"):
        flags["floatX"].__set__(None, "float33")


def test_pooling_by_its_name_of_earlier_versions() -> None:
    images = np.arange(16.0).reshape(1, 1, 4, 4)
    downsample = importlib.import_module("theano.tensor.signal.downsample")
    pooled = downsample.max_pool_2d(T.constant(images), (2, 2), ignore_border=True).eval()
    np.testing.assert_array_equal(pooled, [[[[5.0, 7.0], [13.0, 15.0]]]])
