# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans a module through the C API: plan.py libTASDCAPI.so MODULE."""

import ctypes
import pathlib
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_bool, c_char, c_int8, c_size_t, c_void_p


class StringRef(Structure):
    _fields_ = [("data", POINTER(c_char)), ("length", c_size_t)]

    def __str__(self):
        return self.data[: self.length].decode()


class Handle(Structure):
    """Each object of the C API: a struct of one pointer."""

    _fields_ = [("pointer", c_void_p)]


class LogicalResult(Structure):
    _fields_ = [("value", c_int8)]

    def __bool__(self):
        return self.value != 0


StringCallback = CFUNCTYPE(None, StringRef, c_void_p)
LayerCallback = CFUNCTYPE(None, StringRef, Handle, StringRef, c_void_p)
# ctypes makes no callbacks that return structs: a struct of one byte comes back
# as that byte.
DiagnosticHandler = CFUNCTYPE(c_int8, Handle, c_void_p)
library = ctypes.CDLL(sys.argv[1])


def call(name, result, *arguments):
    function = getattr(library, name)
    function.restype = result
    return function(*arguments)


def ref(text):
    data = text.encode()
    buffer = ctypes.create_string_buffer(data)
    return StringRef(ctypes.cast(buffer, POINTER(c_char)), len(data))


def printed(printer, *handles):
    """What a function of the C API prints."""
    pieces = []
    callback = StringCallback(lambda piece, _: pieces.append(str(piece)))
    call(printer, None, *handles, callback, None)
    return "".join(pieces)


def create_context(diagnostics):
    registry = call("mlirDialectRegistryCreate", Handle)
    call("mlirRegisterAllDialects", None, registry)
    call("tasdRegisterAllDialects", None, registry)
    call("mlirRegisterTASDPasses", None)
    context = call("mlirContextCreateWithRegistry", Handle, registry, c_bool(False))
    call("mlirDialectRegistryDestroy", None, registry)

    def collect(diagnostic, _):
        diagnostics.append(printed("mlirDiagnosticPrint", diagnostic))
        return 1

    handler = DiagnosticHandler(collect)
    call("mlirContextAttachDiagnosticHandler", ctypes.c_uint64, context, handler, None, None)
    return context, handler


def collect_layers(module):
    layers = []
    callback = LayerCallback(
        lambda name, op, obstacle, _: layers.append((str(name), Handle(op.pointer)))
    )
    root = call("mlirModuleGetOperation", Handle, module)
    call("tasdForEachLayer", None, root, callback, None)
    return layers


def print_layers(module):
    for name, op in collect_layers(module):
        plan = call("tasdLayerGetPlan", Handle, op)
        print(f"layer {name}:", printed("mlirAttributePrint", plan) if plan.pointer else "no plan")


def run(module, context, pipeline):
    """Runs a pipeline; returns what is wrong with it, or None."""
    errors = []
    callback = StringCallback(lambda piece, _: errors.append(str(piece)))
    manager = call("mlirPassManagerCreate", Handle, context)
    passes = call("mlirPassManagerGetAsOpPassManager", Handle, manager)
    added = call(
        "mlirOpPassManagerAddPipeline", LogicalResult, passes, ref(pipeline), callback, None
    )
    if added:
        root = call("mlirModuleGetOperation", Handle, module)
        if not call("mlirPassManagerRunOnOp", LogicalResult, manager, root):
            errors.append("the pipeline failed")
    call("mlirPassManagerDestroy", None, manager)
    return "".join(errors)


def main():
    diagnostics = []
    context, handler = create_context(diagnostics)
    text = pathlib.Path(sys.argv[2]).read_text()
    module = call("mlirModuleCreateParse", Handle, context, ref(text))
    print_layers(module)

    loc = call("mlirLocationUnknownGet", Handle, context)
    empty = call("tasdPlanAttrGet", Handle, loc, c_size_t(0), None)
    _, first = collect_layers(module)[0]
    if not call("tasdLayerSetPlan", LogicalResult, first, empty):
        print("unplanned:", diagnostics[-1])

    print(run(module, context, "tasd-plan{series=2:4}"))
    print_layers(module)
    print(run(module, context, "convert-linalg-to-tasd"))
    print(printed("mlirOperationPrint", call("mlirModuleGetOperation", Handle, module)))
    print(run(module, context, "tasd-nothing"))
    call("mlirModuleDestroy", None, module)
    call("mlirContextDestroy", None, context)


if __name__ == "__main__":
    main()
