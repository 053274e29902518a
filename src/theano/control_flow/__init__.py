"""Ops that decide what is computed, and how often: loops."""

from theano.control_flow.scan_form import Form, State
from theano.control_flow.scan_op import Scan

__all__ = ["Form", "Scan", "State"]
