"""Finds, in source code, what writes a sourced field.

Python does not say of what class a variable is, so in doubt a write counts: an attribute with the name of
a sourced field, a keyword of ``update`` on a queryset of unknown rows, a ``setattr`` whose name is computed.
What no reading of the source can see – SQL in a text, a name put together when it runs – it does not see.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CREATING = {"create", "acreate", "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"}
UPDATING = {"update", "aupdate"}
BULK = {"bulk_update", "abulk_update"}
SETS = {"set", "aset", "add", "aadd", "remove", "aremove", "clear", "aclear", "create", "acreate"}
SAME_ROWS = {
    "objects", "every", "_default_manager", "_base_manager", "using", "all", "filter", "exclude", "standing",
    "order_by", "select_for_update", "select_related", "get_queryset",
}  # fmt: skip
ONE_ROW = {"first", "last", "get", "create"}
DEFAULTS = {"defaults", "create_defaults"}
UNKNOWN = "fields not named here"
ACT = "twinhall.core.acts.Act"


@dataclass(frozen=True)
class Sourced:
    """Which columns take a source: by the full name of their model, and those that are sets."""

    columns: Mapping[str, frozenset[str]]
    sets: frozenset[str] = frozenset()

    @property
    def any(self) -> frozenset[str]:
        return frozenset().union(*self.columns.values())

    @property
    def of_acts(self) -> frozenset[str]:
        """The sourced columns of acts of every kind of tie."""
        found = (columns for name, columns in self.columns.items() if name.endswith("Act"))
        return frozenset().union(*found)


@dataclass
class Scan(ast.NodeVisitor):
    """Reads one module. ``found`` are the lines that write, with what they write."""

    module: str
    sourced: Sourced
    names: dict[str, str] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    others: list[set[str]] = field(default_factory=lambda: [set()])
    """Per function, the variables that are known to hold something else than a sourced record."""
    acts: list[set[str]] = field(default_factory=lambda: [set()])
    """Per function, the parameters that hold an act, of whichever tie."""
    found: list[tuple[int, str]] = field(default_factory=list)

    def note(self, node: ast.AST, what: str) -> None:
        self.found.append((getattr(node, "lineno", 0), what))

    # What names stand for ------------------------------------------------------------------------

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.asname:
                self.names[alias.asname] = alias.name

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.names[node.name] = f"{self.module}.{node.name}"
        bases = [self.full_name(base) for base in node.bases]
        is_record = any(base in self.sourced.columns or "models" in base.split(".") for base in bases)
        is_record |= f"{self.module}.{node.name}" in self.sourced.columns
        self.classes.append("record" if is_record else "other")
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        known = {arg.arg for arg in node.args.args + node.args.kwonlyargs if self.is_other(arg.annotation)}
        if self.classes and self.classes[-1] == "other" and node.args.args:
            known.add(node.args.args[0].arg)
        self.others.append(known)
        self.acts.append({arg.arg for arg in node.args.args if self.full_name(arg.annotation) == ACT})
        self.generic_visit(node)
        self.others.pop()
        self.acts.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def full_name(self, node: ast.AST | None) -> str:
        """``twinhall.parties.models.Party`` for whatever the module calls it; empty where it is no name."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self.names.get(node.value, node.value)
        if isinstance(node, ast.Name):
            return self.names.get(node.id, node.id)
        if isinstance(node, ast.Attribute) and (owner := self.full_name(node.value)):
            return f"{owner}.{node.attr}"
        return ""

    def is_other(self, node: ast.AST | None) -> bool:
        """Whether an annotation or a call names a class of ours that is not a record with sources."""
        if isinstance(node, ast.BinOp):  # one of several classes
            return self.is_other(node.left) and self.is_other(node.right)
        name = self.full_name(node)
        last = name.rpartition(".")[2]
        is_ours = name.startswith("twinhall.") and last[:1].isupper()
        is_base = name == ACT
        return is_ours and not is_base and name not in self.sourced.columns

    def holds_other(self, node: ast.expr) -> bool:
        """Whether a value surely is something else than a sourced record."""
        if isinstance(node, ast.Name):
            return node.id in self.others[-1]
        if isinstance(node, ast.BoolOp):
            return all(self.holds_other(value) for value in node.values)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ONE_ROW:
            return self.rows(node.func.value) == (frozenset(), True)
        return isinstance(node, ast.Call) and self.is_other(node.func)

    # What writes ---------------------------------------------------------------------------------

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self.target(target)
            if isinstance(target, ast.Name):
                held = self.holds_other(node.value)
                (self.others[-1].add if held else self.others[-1].discard)(target.id)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.target(node.target)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.target(node.target)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self.target(node.target)
        self.generic_visit(node)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.target(target)
        self.generic_visit(node)

    def target(self, node: ast.expr) -> None:
        if isinstance(node, ast.Tuple | ast.List):
            for part in node.elts:
                self.target(part)
        elif isinstance(node, ast.Starred):
            self.target(node.value)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            self.target(node.value)  # record.history["lv"] = …
        elif isinstance(node, ast.Attribute) and node.attr in self.sourced.any:
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            is_no_fact = owner in self.acts[-1] and node.attr not in self.sourced.of_acts
            if owner not in self.others[-1] and not is_no_fact:
                self.note(node, node.attr)

    def visit_Call(self, node: ast.Call) -> None:
        name = self.full_name(node.func)
        if name in self.sourced.columns:
            self.constructor(node, self.sourced.columns[name])
        elif name == "setattr" or name.endswith(".__setattr__"):
            self.setattr(node)
        elif isinstance(node.func, ast.Attribute):
            self.method(node, node.func)
        self.generic_visit(node)

    def constructor(self, node: ast.Call, columns: frozenset[str]) -> None:
        if node.args:
            self.note(node, UNKNOWN)
        self.keywords(node, columns)

    def setattr(self, node: ast.Call) -> None:
        if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id in self.others[-1]:
            return
        # object.__setattr__(record, name, value) and record.__setattr__(name, value) alike
        named = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
        for name in named or [UNKNOWN]:
            if name == UNKNOWN or name in self.sourced.any:
                self.note(node, str(name))

    def method(self, node: ast.Call, called: ast.Attribute) -> None:
        if _passes_on(node, called.value):
            return
        columns, is_known = self.rows(called.value)
        owner = called.value
        if isinstance(owner, ast.Attribute) and owner.attr in self.sourced.sets and called.attr in SETS:
            self.note(node, owner.attr)
        elif called.attr in CREATING | UPDATING | BULK | {"delete", "bulk_create"} and _goes_through(owner):
            self.note(node, "a set, by its table")
        elif not columns and is_known:
            return
        elif called.attr in CREATING | UPDATING:
            self.keywords(node, columns)
        elif called.attr in BULK | {"bulk_create"}:
            self.bulk(node, called.attr, columns)

    def rows(self, owner: ast.expr) -> tuple[frozenset[str], bool]:
        """The sourced columns of the rows that a method is called on, and whether the rows are known."""
        while not (name := self.full_name(owner)) or name.rpartition(".")[2] in SAME_ROWS:
            if isinstance(owner, ast.Call):
                owner = owner.func
            elif isinstance(owner, ast.Attribute) and owner.attr in SAME_ROWS:
                owner = owner.value
            else:
                return self.sourced.any, False
        if name in self.sourced.columns:
            return self.sourced.columns[name], True
        return (frozenset(), True) if self.is_other(owner) else (self.sourced.any, False)

    def keywords(self, node: ast.Call, columns: frozenset[str]) -> None:
        for keyword in node.keywords:
            if keyword.arg is None:
                self.note(node, UNKNOWN)
            elif keyword.arg in DEFAULTS:
                self.defaults(node, keyword.value, columns)
            elif keyword.arg in columns:
                self.note(node, keyword.arg)

    def defaults(self, node: ast.Call, given: ast.expr, columns: frozenset[str]) -> None:
        if not isinstance(given, ast.Dict):
            self.note(node, UNKNOWN)
            return
        for key in given.keys:
            name = key.value if isinstance(key, ast.Constant) else UNKNOWN
            if name == UNKNOWN or name in columns:
                self.note(node, str(name))

    def bulk(self, node: ast.Call, called: str, columns: frozenset[str]) -> None:
        wanted = "update_fields" if called == "bulk_create" else "fields"
        given = [keyword.value for keyword in node.keywords if keyword.arg == wanted]
        given += node.args[1:2] if called in BULK else []
        for names in given:
            if not isinstance(names, ast.List | ast.Tuple | ast.Set):
                self.note(node, UNKNOWN)
                continue
            for element in names.elts:
                name = element.value if isinstance(element, ast.Constant) else UNKNOWN
                if name == UNKNOWN or name in columns:
                    self.note(node, str(name))


def _passes_on(node: ast.Call, owner: ast.AST) -> bool:
    """Whether a method hands ``**columns`` to the one it stands for: its own callers are read for that."""
    is_super = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super"
    return is_super and all(keyword.arg is None for keyword in node.keywords)


def _goes_through(owner: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "through" for node in ast.walk(owner))


def sourced_writes(text: str, *, module: str, sourced: Sourced) -> Iterator[tuple[int, str]]:
    """The lines of a module that write a sourced field, and which."""
    scan = Scan(module=module, sourced=sourced)
    scan.visit(ast.parse(text))
    yield from sorted(set(scan.found))
