"""Classes of Theano 1.0.5 for ops written in C: they can be imported and derived from, and their C code is not compiled."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, Op, Type, Variable


class COp(Op):
    """An op whose C code is in files.  A subclass is used by its ``perform``; without one, compiling it raises
    MethodNotDefined, which tells so."""

    def __init__(self, func_files: str | Sequence[str], func_name: str | None = None) -> None:
        files = func_files if isinstance(func_files, (list, tuple)) else [func_files]
        self.func_files = [self.get_path(str(file)) for file in files]
        self.func_name = func_name

    @classmethod
    def get_path(cls, f: str) -> str:
        """The path of a file that is named relative to the module of the class."""
        if os.path.isabs(f):
            return f
        module = sys.modules.get(cls.__module__)
        return os.path.normpath(os.path.join(os.path.dirname(getattr(module, "__file__", None) or ""), f))

    def c_code(
        self, node: Apply, name: str, inp: Sequence[str], out: Sequence[str], sub: dict[str, str]
    ) -> str:
        """The text of the files: for subclasses that extend it."""
        texts = []
        for path in self.func_files:
            with open(path, encoding="utf-8") as file:
                texts.append(file.read())
        return "\n".join(texts)


class OpenMPOp(Op):
    """An op of which C code may use OpenMP: ``openmp`` is remembered."""

    def __init__(self, openmp: bool | None = None) -> None:
        self.openmp = bool(openmp)


class Params(dict):
    """Values of named parameters, read as attributes too."""

    def __init__(self, params_type: ParamsType, **kwargs: Any) -> None:
        missing = [field for field in params_type.fields if field not in kwargs]
        if missing:
            raise TypeError(f"Params: {missing} of {params_type} are not given")
        super().__init__(kwargs)
        self.__dict__["__params_type__"] = params_type

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"{self.__dict__['__params_type__']} has no parameter {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        raise NotImplementedError("Params do not change")

    def __setitem__(self, name: str, value: Any) -> None:
        raise NotImplementedError("Params do not change")

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self)))


class ParamsType(Type):
    """Named parameters of an op, each of a Type: ``params_type`` of an op, whose ``perform`` then gets Params.

    >>> from theano.scalar import int64
    >>> ParamsType(axis=int64).get_params(axis=3).axis
    3
    """

    def __init__(self, **kwargs: Type) -> None:
        if not kwargs:
            raise TypeError("ParamsType needs a parameter at least: ParamsType(name=type, ...)")
        for name, kind in kwargs.items():
            if not isinstance(kind, Type):
                raise TypeError(f"ParamsType: {name} is no Type but {kind!r}")
        self.fields = tuple(sorted(kwargs))
        self.types = tuple(kwargs[name] for name in self.fields)
        self.length = len(self.fields)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and (self.fields, self.types) == (other.fields, other.types)  # type: ignore

    def __hash__(self) -> int:
        return hash((type(self), self.fields, self.types))

    def __repr__(self) -> str:
        return f"ParamsType<{', '.join(f'{n}:{t}' for n, t in zip(self.fields, self.types))}>"

    def has_type(self, theano_type: Type) -> bool:
        """Whether a parameter is of this type."""
        return theano_type in self.types

    def get_field(self, theano_type: Type) -> str:
        """The name of the first parameter of this type."""
        return self.fields[self.types.index(theano_type)]

    def get_type(self, field_name: str) -> Type:
        """The type of a parameter."""
        return self.types[self.fields.index(field_name)]

    def get_enum(self, key: str) -> Any:
        """The number that an EnumType among the types gives this name."""
        return next(kind[key] for kind in self.types if isinstance(kind, EnumType) and key in kind)

    def extended(self, **kwargs: Type) -> ParamsType:
        """This one with more parameters."""
        return type(self)(**dict(zip(self.fields, self.types)), **kwargs)

    def get_params(self, *objects: Any, **kwargs: Any) -> Params:
        """Params from attributes of ``objects``, looked up in order, and from keywords, which come first."""
        found: dict[str, Any] = {}
        for name, kind in zip(self.fields, self.types):
            if name in kwargs:
                value = kwargs[name]
            else:
                owner = next((o for o in objects if hasattr(o, name)), None)
                if owner is None:
                    raise TypeError(f"ParamsType: {name} is neither given nor an attribute of {objects}")
                value = getattr(owner, name)
            if isinstance(value, Variable) and hasattr(value, "data"):
                value = value.data
            found[name] = kind.filter(value)
        return Params(self, **found)

    def filter(self, data: Any, strict: bool = False, allow_downcast: bool | None = None) -> Params:
        if strict and not isinstance(data, Params):
            raise TypeError(f"{self}: strict values are Params, found {data!r}")
        values = {}
        for name, kind in zip(self.fields, self.types):
            value = data[name] if isinstance(data, dict) else getattr(data, name)
            values[name] = kind.filter(value, strict, allow_downcast)
        return Params(self, **values)

    def values_eq(self, a: Any, b: Any) -> bool:
        return all(kind.values_eq(a[name], b[name]) for name, kind in zip(self.fields, self.types))

    def values_eq_approx(self, a: Any, b: Any) -> bool:
        return all(kind.values_eq_approx(a[name], b[name]) for name, kind in zip(self.fields, self.types))


class EnumType(Type, dict):
    """Names of constant numbers: ``EnumType(VALID=0, FULL=1).FULL`` is 1.

    ctype    the name of their type in C, remembered
    aliases  other names, from names: ``{"VALID": "valid"}``
    """

    def __init__(self, **kwargs: Any) -> None:
        self.ctype = kwargs.pop("ctype", "double")
        self.cname = kwargs.pop("cname", self.ctype.replace(" ", "_"))
        self.aliases = {alias: name for name, alias in kwargs.pop("aliases", {}).items()}
        for name, value in kwargs.items():
            if not isinstance(value, (bool, int, float)):
                raise TypeError(f"{type(self).__name__}: {name} is no number but {value!r}")
        dict.__init__(self, kwargs)

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"{type(self).__name__} has no constant {name!r}") from None

    def fromalias(self, alias: str) -> Any:
        """The number of another name, or of a name itself."""
        return self[self.aliases.get(alias, alias)]

    def has_alias(self, alias: str) -> bool:
        return alias in self.aliases

    def get_aliases(self) -> tuple[str, ...]:
        return tuple(sorted(self.aliases))

    def filter(self, data: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        """A constant's number; its name or its alias are taken unless ``strict``."""
        if not strict and isinstance(data, str):
            data = self.fromalias(data)
        if data not in self.values():
            raise ValueError(f"{data!r} is none of the constants {dict(self)}")
        return data

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and dict(self) == dict(other) and self.aliases == other.aliases  # type: ignore

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:  # type: ignore[override]
        return hash((type(self), tuple(sorted(self.items()))))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}<{self.ctype}>({', '.join(f'{n}:{v}' for n, v in sorted(self.items()))})"
        )


class EnumList(EnumType):
    """An EnumType of 0, 1, 2, ...: an argument is a name, or a pair of a name and its alias."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pairs = [(a, None) if isinstance(a, str) else a for a in args]
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            raise AttributeError(f"EnumList: a name stands twice in {names}")
        aliases = {name: alias for name, alias in pairs if alias is not None}
        kwargs.setdefault("ctype", "int")
        super().__init__(aliases=aliases, **kwargs, **{name: k for k, name in enumerate(names)})


class CEnumType(EnumList):
    """Constants of C, whose numbers are those of their order here: no C is compiled that would tell others."""
