"""theano.configdefaults of Theano 1.0.5."""

from typing import Any

__all__ = ['SUPPORTED_DNN_CONV_ALGO_BWD_DATA', 'SUPPORTED_DNN_CONV_ALGO_BWD_FILTER', 'SUPPORTED_DNN_CONV_ALGO_FWD', 'SUPPORTED_DNN_CONV_ALGO_RUNTIME', 'SUPPORTED_DNN_CONV_PRECISION', 'THEANO_FLAGS_DICT', 'AddConfigVar', 'BoolParam', 'ConfigParam', 'DeviceParam', 'EnumStr', 'FloatParam', 'IntParam', 'StrParam', 'TheanoConfigParser', 'config', 'filter_base_compiledir', 'filter_compiledir', 'filter_vm_lazy', 'floatX_convert', 'good_seed_param', 'is_valid_check_preallocated_output_param', 'maybe_add_to_os_environ_pathlist']
SUPPORTED_DNN_CONV_ALGO_BWD_DATA: tuple[Any, ...]
SUPPORTED_DNN_CONV_ALGO_BWD_FILTER: tuple[Any, ...]
SUPPORTED_DNN_CONV_ALGO_FWD: tuple[Any, ...]
SUPPORTED_DNN_CONV_ALGO_RUNTIME: tuple[Any, ...]
SUPPORTED_DNN_CONV_PRECISION: tuple[Any, ...]
THEANO_FLAGS_DICT: dict[Any, Any]
from theano.configuration import AddConfigVar as AddConfigVar
from theano.configuration_values import BoolParam as BoolParam
from theano.configuration_values import ConfigParam as ConfigParam
from theano.configuration_values import DeviceParam as DeviceParam
from theano.configuration_values import EnumStr as EnumStr
from theano.configuration_values import FloatParam as FloatParam
from theano.configuration_values import IntParam as IntParam
from theano.configuration_values import StrParam as StrParam
from theano.configuration import TheanoConfigParser as TheanoConfigParser
from theano.configuration import config as config
from theano.configuration_values import filter_base_compiledir as filter_base_compiledir
from theano.configuration_values import filter_compiledir as filter_compiledir
from theano.configuration_values import filter_vm_lazy as filter_vm_lazy
from theano.configuration_values import floatX_convert as floatX_convert
from theano.configuration_values import good_seed_param as good_seed_param
from theano.configuration_values import is_valid_check_preallocated_output_param as is_valid_check_preallocated_output_param
from theano.compat import maybe_add_to_os_environ_pathlist as maybe_add_to_os_environ_pathlist
