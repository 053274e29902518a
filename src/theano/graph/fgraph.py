"""FunctionGraph: the working copy of an expression graph in which rewriting happens.

It keeps the clients of each variable, merges equal applications and constants as they come in, so that common
subexpressions never exist in it, and tells its features of every change.  ``replace`` is the only way to change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from theano.configuration import config
from theano.graph.errors import AlreadyThere, InconsistencyError, MissingInputError
from theano.graph.variable import Apply, Constant, Variable
from theano.graph.walk import clone_with_replacements, io_toposort

Client = tuple[Apply | str, int]  # an application, or "output", and the position there


class FunctionGraph:
    """The graph between ``inputs`` and ``outputs``.

    inputs    variables without owners; every other leaf must be a constant
    outputs   the variables computed
    features  objects told of changes: ``on_attach``, ``on_import``, ``on_prune``, ``on_change_input``, ``on_detach``
    clone     work on a copy, so that the user's graph stays as it is
    """

    def __init__(
        self,
        inputs: Sequence[Variable],
        outputs: Sequence[Variable],
        features: Iterable[Any] = (),
        clone: bool = True,
    ) -> None:
        self.inputs: list[Variable] = list(inputs)
        self.outputs: list[Variable] = list(outputs)
        if clone:
            copies = {v: v.clone() for v in self.inputs}
            self.inputs = [copies[v] for v in self.inputs]
            self.outputs, _ = clone_with_replacements(self.outputs, copies)  # type: ignore[arg-type]
        self.apply_nodes: set[Apply] = set()
        self._clients: dict[Variable, dict[Client, None]] = {v: {} for v in self.inputs}
        self._input_set: set[Variable] = set(self.inputs)
        self._features: list[Any] = []
        self._node_of_key: dict[Any, Apply] = {}
        self._key_of_node: dict[Apply, Any] = {}
        self._constants: dict[Any, Variable] = {}
        for feature in features:
            self.attach_feature(feature)
        for position in range(len(self.outputs)):
            self.outputs[position] = self._import(self.outputs[position])
            self._clients[self.outputs[position]][("output", position)] = None

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def variables(self) -> set[Variable]:
        return set(self._clients)

    def clients(self, variable: Variable) -> list[Client]:
        """Who uses ``variable``: pairs of an application (or "output") and the position among its inputs."""
        return list(self._clients[variable])

    def uses(self, variable: Variable) -> int:
        """How many clients ``variable`` has."""
        return len(self._clients[variable])

    def toposort(self) -> list[Apply]:
        """All applications, each after those whose results it uses."""
        orderings: dict[Apply, list[Apply]] = {}
        for feature in self._features:
            ordering = getattr(feature, "orderings", None)
            if ordering is not None:
                for node, before in ordering(self).items():
                    orderings.setdefault(node, []).extend(before)
        return io_toposort(self.inputs, self.outputs, orderings)

    def __iter__(self) -> Iterator[Apply]:
        return iter(self.toposort())

    def __contains__(self, thing: object) -> bool:
        return thing in self._clients or thing in self.apply_nodes

    def __str__(self) -> str:
        return f"[{', '.join(str(o) for o in self.outputs)}]"

    def clone(self) -> FunctionGraph:
        """A copy with inputs of its own and the same features' classes left out."""
        return FunctionGraph(self.inputs, self.outputs)

    # -- changing --------------------------------------------------------------------------------------------------

    def replace(
        self, variable: Variable, replacement: Variable, reason: Any = None, verbose: bool | None = None
    ) -> None:
        """Let all clients of ``variable`` use ``replacement``, which is of the same type or converted to it.

        ``verbose`` prints the replacement; None does as the flag ``optimizer_verbose`` says.
        """
        self.replace_all([(variable, replacement)], reason, verbose)

    def replace_all(
        self, pairs: Iterable[tuple[Variable, Variable]], reason: Any = None, verbose: bool | None = None
    ) -> None:
        """``replace`` for several variables."""
        verbose = config.optimizer_verbose if verbose is None else verbose
        for variable, replacement in pairs:
            if variable not in self._clients or variable is replacement:
                continue
            if replacement.type != variable.type:
                replacement = variable.type.filter_variable(replacement)
            if verbose:
                print(f"rewriting: {reason} replaces {_described(variable)} by {_described(replacement)}")
            self._redirect(variable, self._import(replacement), reason)

    def replace_validate(self, variable: Variable, replacement: Variable, reason: Any = None) -> None:
        self.replace_all_validate([(variable, replacement)], reason)

    def replace_all_validate(self, pairs: Iterable[tuple[Variable, Variable]], reason: Any = None) -> None:
        """``replace_all``, undone when a feature's ``validate`` objects with InconsistencyError."""
        done: list[tuple[Variable, Variable]] = []
        pairs = list(pairs)
        try:
            for variable, replacement in pairs:
                if variable in self._clients:
                    self.replace(variable, replacement, reason)
                    done.append((replacement, variable))
            for feature in self._features:
                validate = getattr(feature, "validate", None)
                if validate is not None:
                    validate(self)
        except InconsistencyError:
            self.replace_all(reversed(done), reason="revert")
            raise

    def change_input(self, node: Apply | str, position: int, new: Variable, reason: Any = None) -> None:
        """Exchange one input of an application, or one output of the graph (``node`` is "output")."""
        old = self.outputs[position] if isinstance(node, str) else node.inputs[position]
        if old is new:
            return
        new = self._import(new)
        if isinstance(node, str):
            self.outputs[position] = new
        else:
            node.inputs[position] = new
        self._clients[new][(node, position)] = None
        del self._clients[old][(node, position)]
        for feature in self._features:
            changed = getattr(feature, "on_change_input", None)
            if changed is not None:
                changed(self, node, position, old, new, reason)
        self._prune(old)

    def add_input(self, variable: Variable) -> None:
        """Take ``variable``, which has no owner, among the inputs."""
        if variable not in self._input_set:
            self.inputs.append(variable)
            self._input_set.add(variable)
            self._clients.setdefault(variable, {})

    # -- features --------------------------------------------------------------------------------------------------

    def attach_feature(self, feature: Any) -> None:
        """Let ``feature`` be told of every change, beginning with all that is there.

        Twice is once; so is a second feature whose ``on_attach`` raises AlreadyThere.
        """
        if feature in self._features:
            return
        attach = getattr(feature, "on_attach", None)
        if attach is not None:
            try:
                attach(self)
            except AlreadyThere:
                return
        self._features.append(feature)
        imported = getattr(feature, "on_import", None)
        if imported is not None:
            for node in self.toposort():
                imported(self, node, "on_attach")

    def remove_feature(self, feature: Any) -> None:
        if feature in self._features:
            self._features.remove(feature)
            detach = getattr(feature, "on_detach", None)
            if detach is not None:
                detach(self)

    def feature_of(self, kind: type) -> Any:
        """The feature of a class.  LookupError where there is none."""
        for feature in self._features:
            if isinstance(feature, kind):
                return feature
        raise LookupError(f"no feature {kind.__name__} is attached")

    # -- inside ----------------------------------------------------------------------------------------------------

    def _redirect(self, variable: Variable, replacement: Variable, reason: Any) -> None:
        """Move the clients of ``variable``; where that makes two applications equal, merge them too."""
        pending = [(variable, replacement)]
        forward: dict[Variable, Variable] = {}
        left: list[Variable] = []
        while pending:
            old, new = pending.pop()
            while new in forward:
                new = forward[new]
            if old is new or old not in self._clients:
                continue
            clients = self._clients[old]
            self._clients[old] = {}
            self._clients[new].update(clients)
            touched: dict[Apply, None] = {}
            for node, position in clients:
                if isinstance(node, str):
                    self.outputs[position] = new
                else:
                    node.inputs[position] = new
                    touched[node] = None
                for feature in self._features:
                    changed = getattr(feature, "on_change_input", None)
                    if changed is not None:
                        changed(self, node, position, old, new, reason)
            for node in touched:
                twin = self._rekey(node)
                if twin is not None:
                    pairs = list(zip(node.outputs, twin.outputs, strict=True))
                    pending += [(a, b) for a, b in pairs if a in self._clients]
            forward[old] = new
            left.append(old)
        for variable in left:  # not before: what loses its clients may be the twin that another is merged with
            self._prune(variable)

    def _key(self, node: Apply) -> Any:
        return (node.op, *map(id, node.inputs))

    def _rekey(self, node: Apply) -> Apply | None:
        """Enter a node whose inputs changed under its new key; the node that is already there, if any."""
        old = self._key_of_node.get(node)
        if old is not None and self._node_of_key.get(old) is node:
            del self._node_of_key[old]
        key = self._key(node)
        self._key_of_node[node] = key
        twin = self._node_of_key.setdefault(key, node)
        return twin if twin is not node and _same_output_types(twin, node) else None

    def _canonical(self, variable: Variable) -> Variable:
        """The constant that stands for all equal ones, or the variable itself."""
        if isinstance(variable, Constant):
            return self._constants.setdefault(variable.signature(), variable)
        return variable

    def _import(self, variable: Variable) -> Variable:
        """Bring ``variable`` and what it is computed from into the graph; the variable that now stands for it."""
        if variable in self._clients:
            return variable
        if variable.owner is None:
            return self._import_leaf(variable, None)
        stand_in: dict[Variable, Variable] = {}
        for node in io_toposort(self._clients, [variable]):
            inputs = [stand_in.get(v, v) for v in node.inputs]
            for position, v in enumerate(inputs):
                if v not in self._clients:
                    inputs[position] = self._import_leaf(v, node)
            key = (node.op, *map(id, inputs))
            twin = self._node_of_key.get(key)
            if twin is not None and _same_output_types(twin, node):
                stand_in.update(zip(node.outputs, twin.outputs, strict=True))
                continue
            node.inputs[:] = inputs
            self._node_of_key[key] = node
            self._key_of_node[node] = key
            self.apply_nodes.add(node)
            for output in node.outputs:
                self._clients.setdefault(output, {})
            for position, v in enumerate(inputs):
                self._clients[v][(node, position)] = None
            for feature in self._features:
                imported = getattr(feature, "on_import", None)
                if imported is not None:
                    imported(self, node, None)
        return stand_in.get(variable, variable)

    def _import_leaf(self, variable: Variable, client: Apply | None) -> Variable:
        if not isinstance(variable, Constant):
            made = f", made at {variable.origin}" if variable.origin else ""
            mend = (
                f"    {variable} of type {variable.type}{made}: add it to the inputs of the function, give it a value "
                "through givens, or make it a shared variable."
            )
            if client is None:
                raise MissingInputError(f"Undeclared input\n{mend}", variable)
            raise MissingInputError(
                f"Input {client.inputs.index(variable) if variable in client.inputs else 0} of the graph (indices "
                f"start from 0), used to compute {client}, was not provided and not given a value. Use the Theano "
                f"flag exception_verbosity='high', for more information on this error.\n{mend}",
                variable,
            )
        variable = self._canonical(variable)
        self._clients.setdefault(variable, {})
        return variable

    def _prune(self, variable: Variable) -> None:
        """Take out ``variable`` if nothing uses it, and what was computed for it alone."""
        stack = [variable]
        while stack:
            v = stack.pop()
            if self._clients.get(v) != {}:
                continue
            node = v.owner
            if node is None:
                if v not in self._input_set:
                    del self._clients[v]
                    if isinstance(v, Constant) and self._constants.get(v.signature()) is v:
                        del self._constants[v.signature()]
                continue
            if node not in self.apply_nodes or any(self._clients.get(o) for o in node.outputs):
                continue
            self.apply_nodes.discard(node)
            key = self._key_of_node.pop(node)
            if self._node_of_key.get(key) is node:
                del self._node_of_key[key]
            for o in node.outputs:
                self._clients.pop(o, None)
            for position, i in enumerate(node.inputs):
                del self._clients[i][(node, position)]
                stack.append(i)
            for feature in self._features:
                pruned = getattr(feature, "on_prune", None)
                if pruned is not None:
                    pruned(self, node, None)


def _same_output_types(a: Apply, b: Apply) -> bool:
    return len(a.outputs) == len(b.outputs) and all(
        x.type == y.type for x, y in zip(a.outputs, b.outputs, strict=True)
    )


def _described(variable: Variable) -> str:
    return f"{variable} of {variable.owner}" if variable.owner is not None else str(variable)
