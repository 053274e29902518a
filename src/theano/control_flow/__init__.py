"""Ops that decide what is computed, and how often: loops and choices."""

from theano.control_flow import scan_batching  # noqa: F401  (registers the rule of loops)
from theano.control_flow.branch_op import IfElse, ifelse
from theano.control_flow.lazy_branch import LazyIfElse
from theano.control_flow.scan_form import Form, State
from theano.control_flow.scan_op import Scan

__all__ = ["Form", "IfElse", "LazyIfElse", "Scan", "State", "ifelse"]
