"""theano.scan_module.scan_op of Theano 1.0.5."""

from theano.control_flow.scan_op import Scan

__all__ = ["Scan"]
