"""The functions that the module exports, as LLVM code: they call what numba lowered.

A function that numba lowered has one argument for each number of its arguments, and two more: where to put the result,
and where to put an exception. The kernel's hundreds of numbers are read from slots of eight bytes each.
"""

from simulation.model.portable.intermediate import Lowered

CHECKED_PRODUCT = """
define internal { i64, i1 } @checked_product(i64 %one, i64 %other) {
  %product = mul i64 %one, %other
  %is_zero = icmp eq i64 %one, 0
  %divisor = select i1 %is_zero, i64 1, i64 %one
  %back = udiv i64 %product, %divisor
  %differs = icmp ne i64 %back, %other
  %not_zero = xor i1 %is_zero, true
  %overflows = and i1 %differs, %not_zero
  %with_product = insertvalue { i64, i1 } poison, i64 %product, 0
  %both = insertvalue { i64, i1 } %with_product, i1 %overflows, 1
  ret { i64, i1 } %both
}
"""
"""A product and true if it exceeds 64 bits, for which WebAssembly has no instruction."""

_RESULTS = {float: ("double", ""), bool: ("i8", "uitofp"), int: ("i64", "sitofp")}
"""How a rule leaves its result, and how that becomes a double."""

_ARGUMENTS = {"double": "", "i8": "fptoui double {} to i8", "i64": "fptosi double {} to i64"}
"""How a double becomes an argument of each type."""


def kernel_entry(kernel: Lowered) -> str:
    """Return the function `simulate`, which reads the kernel's arguments from slots and returns 0."""
    lines = ["define i32 @simulate(ptr %slots) {", "  %result = alloca i64", "  %exception = alloca i64"]
    for slot, (kind, _) in enumerate(kernel.arguments):
        lines += [
            f"  %at{slot} = getelementptr i64, ptr %slots, i64 {slot}",
            f"  %argument{slot} = load {kind}, ptr %at{slot}",
        ]
    given = [f"{kind} %argument{slot}" for slot, (kind, _) in enumerate(kernel.arguments)]
    lines += [f"  %status = {_call(kernel, given)}", "  ret i32 %status", "}"]
    return _declared(kernel) + "\n".join(lines) + "\n"


def rule_entry(rule: Lowered) -> str:
    """Return a function of the rule's name that takes and returns doubles: 1 for true, 0 for false.

    The words of a draw stay whole numbers of 64 bits.
    """
    kept, to_double = _RESULTS[rule.result or float]
    is_draw = rule.name == "uniform"
    taken = ", ".join(f"{kind if is_draw else 'double'} %given{each}" for each, (kind, _) in enumerate(rule.arguments))
    lines = [f"define double @{rule.name}({taken}) {{", f"  %result = alloca {kept}", "  %exception = alloca i64"]
    given = []
    for each, (kind, _) in enumerate(rule.arguments):
        change = "" if is_draw else _ARGUMENTS[kind].format(f"%given{each}")
        lines += [f"  %argument{each} = {change}"] if change else []
        given.append(f"{kind} %{'argument' if change else 'given'}{each}")
    lines += [f"  %status = {_call(rule, given)}", f"  %value = load {kept}, ptr %result"]
    lines += [f"  %number = {to_double} {kept} %value to double"] if to_double else []
    lines += [f"  ret double %{'number' if to_double else 'value'}", "}"]
    return _declared(rule) + "\n".join(lines) + "\n"


def _declared(function: Lowered) -> str:
    return f"declare i32 {function.symbol}({', '.join(['ptr', 'ptr', *(kind for kind, _ in function.arguments)])})\n"


def _call(function: Lowered, given: list[str]) -> str:
    return f"call i32 {function.symbol}({', '.join(['ptr %result', 'ptr %exception', *given])})"
