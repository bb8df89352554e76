"""What a class says of its attributes: the string below each of them."""

import ast
import inspect
import textwrap
from itertools import pairwise


def attribute_docs(kind: type[object]) -> dict[str, str]:
    """Return the string that stands below each annotated attribute of *kind*, on one line, without a final stop."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found: dict[str, str] = {}
    for node, after in pairwise(body):
        if not (isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(after, ast.Expr)):
            continue
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if isinstance(target, ast.Name) and isinstance(after.value, ast.Constant):
            found[target.id] = " ".join(str(after.value.value).split()).removesuffix(".")
    return found
