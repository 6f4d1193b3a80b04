//===- Types.cpp - C API of the series type -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Types.h"

#include "mlir/CAPI/IR.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

using namespace mlir;
using namespace mlir::tasd;

bool tasdTypeIsASeries(MlirType type) {
  return isa_and_present<SeriesType>(unwrap(type));
}

MlirType tasdSeriesTypeGet(MlirLocation loc, MlirType tensorType,
                           MlirAttribute series, intptr_t numAlong,
                           const int64_t *along) {
  Location location = unwrap(loc);
  auto tensor = dyn_cast_if_present<RankedTensorType>(unwrap(tensorType));
  auto attr = dyn_cast_if_present<SeriesAttr>(unwrap(series));
  if (!tensor) {
    emitError(location) << "expected a ranked tensor type but got "
                        << unwrap(tensorType);
    return wrap(Type());
  }
  if (!attr) {
    emitError(location) << "expected a #tasd.series but got " << unwrap(series);
    return wrap(Type());
  }
  return wrap(SeriesType::getChecked([&] { return emitError(location); },
                                     location->getContext(), tensor.getShape(),
                                     tensor.getElementType(), attr,
                                     ArrayRef(along, numAlong)));
}

MlirType tasdSeriesTypeGetTensorType(MlirType type) {
  return wrap(cast<SeriesType>(unwrap(type)).getTensorType());
}

MlirAttribute tasdSeriesTypeGetSeries(MlirType type) {
  return wrap(cast<SeriesType>(unwrap(type)).getSeries());
}

intptr_t tasdSeriesTypeGetNumAlong(MlirType type) {
  return cast<SeriesType>(unwrap(type)).getAlong().size();
}

int64_t tasdSeriesTypeGetAlong(MlirType type, intptr_t pos) {
  return cast<SeriesType>(unwrap(type)).getAlong()[pos];
}

intptr_t tasdSeriesTypeGetNumComponents(MlirType type) {
  return cast<SeriesType>(unwrap(type)).getComponentTypes().size();
}

MlirType tasdSeriesTypeGetComponentType(MlirType type, intptr_t pos) {
  return wrap(cast<SeriesType>(unwrap(type)).getComponentTypes()[pos]);
}
