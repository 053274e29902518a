"""theano.configparser of Theano 1.0.5."""

import theano
from theano.configuration import (
    THEANO_FLAGS,
    THEANO_FLAGS_DICT,
    AddConfigVar,
    ConfigParam,
    TheanoConfigParser,
    change_flags,
    config,
    config_files,
    config_files_from_theanorc,
    fetch_val_for_key,
    get_config_hash,
)
from theano.configuration_sources import TheanoConfigWarning, parse_config_string
from theano.configuration_values import BoolParam, EnumStr, FloatParam, IntParam, StrParam, TypedParam
from theano.legacy.adapters.config_variables import _config_var_list

__all__ = [
    "THEANO_FLAGS",
    "THEANO_FLAGS_DICT",
    "AddConfigVar",
    "BoolParam",
    "ConfigParam",
    "EnumStr",
    "FloatParam",
    "IntParam",
    "StrParam",
    "TheanoConfigParser",
    "TheanoConfigWarning",
    "TypedParam",
    "_config_var_list",
    "change_flags",
    "config",
    "config_files",
    "config_files_from_theanorc",
    "fetch_val_for_key",
    "get_config_hash",
    "parse_config_string",
    "theano",
]
