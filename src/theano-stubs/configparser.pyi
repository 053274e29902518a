"""theano.configparser of Theano 1.0.5."""

from typing import Any

__all__ = ['THEANO_FLAGS', 'THEANO_FLAGS_DICT', 'AddConfigVar', 'BoolParam', 'ConfigParam', 'EnumStr', 'FloatParam', 'IntParam', 'StrParam', 'TheanoConfigParser', 'TheanoConfigWarning', 'TypedParam', 'change_flags', 'config', 'config_files', 'config_files_from_theanorc', 'fetch_val_for_key', 'get_config_hash', 'parse_config_string']
THEANO_FLAGS: str
THEANO_FLAGS_DICT: dict[Any, Any]
from theano.configuration import AddConfigVar as AddConfigVar
from theano.configuration_values import BoolParam as BoolParam
from theano.configuration_values import ConfigParam as ConfigParam
from theano.configuration_values import EnumStr as EnumStr
from theano.configuration_values import FloatParam as FloatParam
from theano.configuration_values import IntParam as IntParam
from theano.configuration_values import StrParam as StrParam
from theano.configuration import TheanoConfigParser as TheanoConfigParser
from theano.configuration_sources import TheanoConfigWarning as TheanoConfigWarning
from theano.configuration_values import TypedParam as TypedParam
from theano.configuration import change_flags as change_flags
from theano.configuration import config as config
config_files: list[Any]
from theano.configuration_sources import config_files_from_theanorc as config_files_from_theanorc
from theano.configuration import fetch_val_for_key as fetch_val_for_key
from theano.configuration import get_config_hash as get_config_hash
from theano.configuration_sources import parse_config_string as parse_config_string
