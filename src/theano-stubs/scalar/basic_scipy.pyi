"""theano.scalar.basic_scipy of Theano 1.0.5."""

from typing import Any

__all__ = ['I0', 'I1', 'J0', 'J1', 'BinaryScalarOp', 'Chi2SF', 'Erf', 'Erfc', 'Erfcinv', 'Erfcx', 'Erfinv', 'Gamma', 'GammaInc', 'GammaIncC', 'GammaL', 'GammaLn', 'GammaU', 'Iv', 'Jv', 'Psi', 'TriGamma', 'UnaryScalarOp', 'chi2sf', 'complex_types', 'discrete_types', 'erf', 'erfc', 'erfcinv', 'erfcx', 'erfinv', 'exp', 'float_types', 'gamma', 'gammainc', 'gammaincc', 'gammal', 'gammaln', 'gammau', 'grad_not_implemented', 'i0', 'i1', 'iv', 'j0', 'j1', 'jv', 'psi', 'tri_gamma', 'upcast', 'upgrade_to_float', 'upgrade_to_float64', 'upgrade_to_float_no_complex']
from theano.scalar import I0 as I0
from theano.scalar import I1 as I1
from theano.scalar import J0 as J0
from theano.scalar import J1 as J1
from theano.scalar import BinaryScalarOp as BinaryScalarOp
from theano.scalar import Chi2SF as Chi2SF
from theano.scalar import Erf as Erf
from theano.scalar import Erfc as Erfc
from theano.scalar import Erfcinv as Erfcinv
from theano.scalar import Erfcx as Erfcx
from theano.scalar import Erfinv as Erfinv
from theano.scalar import Gamma as Gamma
from theano.scalar import GammaInc as GammaInc
from theano.scalar import GammaIncC as GammaIncC
from theano.scalar import GammaL as GammaL
from theano.scalar import GammaLn as GammaLn
from theano.scalar import GammaU as GammaU
from theano.scalar import Iv as Iv
from theano.scalar import Jv as Jv
from theano.scalar import Psi as Psi
from theano.scalar import TriGamma as TriGamma
from theano.scalar import UnaryScalarOp as UnaryScalarOp
from theano.scalar import chi2sf as chi2sf
complex_types: tuple[Any, ...]
discrete_types: tuple[Any, ...]
from theano.scalar import erf as erf
from theano.scalar import erfc as erfc
from theano.scalar import erfcinv as erfcinv
from theano.scalar import erfcx as erfcx
from theano.scalar import erfinv as erfinv
from theano.scalar import exp as exp
float_types: tuple[Any, ...]
from theano.scalar import gamma as gamma
from theano.scalar import gammainc as gammainc
from theano.scalar import gammaincc as gammaincc
from theano.scalar import gammal as gammal
from theano.scalar import gammaln as gammaln
from theano.scalar import gammau as gammau
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.scalar import i0 as i0
from theano.scalar import i1 as i1
from theano.scalar import iv as iv
from theano.scalar import j0 as j0
from theano.scalar import j1 as j1
from theano.scalar import jv as jv
from theano.scalar import psi as psi
from theano.scalar import tri_gamma as tri_gamma
from theano.scalar import upcast as upcast
from theano.scalar import upgrade_to_float as upgrade_to_float
from theano.scalar import upgrade_to_float64 as upgrade_to_float64
from theano.scalar import upgrade_to_float_no_complex as upgrade_to_float_no_complex
