"""theano.configdefaults of Theano 1.0.5."""

import theano
from theano.compat import maybe_add_to_os_environ_pathlist
from theano.configuration import THEANO_FLAGS_DICT, AddConfigVar, ConfigParam, TheanoConfigParser, config
from theano.configuration_flags import (
    SUPPORTED_DNN_CONV_ALGO_BWD_DATA,
    SUPPORTED_DNN_CONV_ALGO_BWD_FILTER,
    SUPPORTED_DNN_CONV_ALGO_FWD,
    SUPPORTED_DNN_CONV_ALGO_RUNTIME,
    SUPPORTED_DNN_CONV_PRECISION,
)
from theano.configuration_values import (
    BoolParam,
    DeviceParam,
    EnumStr,
    FloatParam,
    IntParam,
    StrParam,
    filter_base_compiledir,
    filter_compiledir,
    filter_vm_lazy,
    floatX_convert,
    good_seed_param,
    is_valid_check_preallocated_output_param,
)

__all__ = [
    "SUPPORTED_DNN_CONV_ALGO_BWD_DATA",
    "SUPPORTED_DNN_CONV_ALGO_BWD_FILTER",
    "SUPPORTED_DNN_CONV_ALGO_FWD",
    "SUPPORTED_DNN_CONV_ALGO_RUNTIME",
    "SUPPORTED_DNN_CONV_PRECISION",
    "THEANO_FLAGS_DICT",
    "AddConfigVar",
    "BoolParam",
    "ConfigParam",
    "DeviceParam",
    "EnumStr",
    "FloatParam",
    "IntParam",
    "StrParam",
    "TheanoConfigParser",
    "config",
    "filter_base_compiledir",
    "filter_compiledir",
    "filter_vm_lazy",
    "floatX_convert",
    "good_seed_param",
    "is_valid_check_preallocated_output_param",
    "maybe_add_to_os_environ_pathlist",
    "theano",
]
