//===- Attributes.cpp - C API of patterns and series ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Attributes.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/CAPI/Utils.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

void tasdForEachPatternFamily(MlirContext context,
                              TasdPatternFamilyCallback callback,
                              void *userData) {
  auto *dialect = unwrap(context)->getOrLoadDialect<TASDDialect>();
  for (const auto &family : dialect->getPatternRegistry().getFamilies())
    callback(wrap(family->getKeyword()), wrap(family->getSyntax()), userData);
}

bool tasdAttributeIsAPattern(MlirAttribute attr) {
  return isa_and_present<PatternAttrInterface>(unwrap(attr));
}

MlirAttribute tasdPatternAttrParse(MlirLocation loc, MlirStringRef text) {
  Location location = unwrap(loc);
  auto *dialect = location->getContext()->getOrLoadDialect<TASDDialect>();
  llvm::Expected<sparsity::PatternRef> pattern =
      dialect->getPatternRegistry().parsePattern(unwrap(text));
  if (!pattern) {
    emitError(location) << llvm::toString(pattern.takeError());
    return wrap(Attribute());
  }
  return wrap(dialect->getPatternAttr(**pattern));
}

void tasdPatternAttrPrint(MlirAttribute attr, MlirStringCallback callback,
                          void *userData) {
  mlir::detail::CallbackOstream os(callback, userData);
  os << cast<PatternAttrInterface>(unwrap(attr)).getPattern()->getText();
}

double tasdPatternAttrGetMaxDensity(MlirAttribute attr) {
  return cast<PatternAttrInterface>(unwrap(attr))
      .getPattern()
      ->getMaxDensity()
      .value_or(1);
}

bool tasdAttributeIsANM(MlirAttribute attr) {
  return isa_and_present<NMAttr>(unwrap(attr));
}

MlirAttribute tasdNMAttrGet(MlirLocation loc, int64_t n, int64_t m) {
  Location location = unwrap(loc);
  location->getContext()->getOrLoadDialect<TASDDialect>();
  return wrap(NMAttr::getChecked([&] { return emitError(location); },
                                 location->getContext(), n, m));
}

int64_t tasdNMAttrGetN(MlirAttribute attr) {
  return cast<NMAttr>(unwrap(attr)).getN();
}

int64_t tasdNMAttrGetM(MlirAttribute attr) {
  return cast<NMAttr>(unwrap(attr)).getM();
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

bool tasdAttributeIsASeries(MlirAttribute attr) {
  return isa_and_present<SeriesAttr>(unwrap(attr));
}

MlirAttribute tasdSeriesAttrParse(MlirLocation loc, MlirStringRef text) {
  Location location = unwrap(loc);
  FailureOr<SeriesAttr> series =
      SeriesAttr::parseText(location->getContext(), unwrap(text),
                            [&] { return emitError(location); });
  return wrap(succeeded(series) ? Attribute(*series) : Attribute());
}

MlirAttribute tasdSeriesAttrGet(MlirLocation loc, intptr_t numPatterns,
                                const MlirAttribute *patterns) {
  Location location = unwrap(loc);
  SmallVector<PatternAttrInterface> unwrapped;
  for (MlirAttribute attr : ArrayRef(patterns, numPatterns)) {
    auto pattern = dyn_cast_if_present<PatternAttrInterface>(unwrap(attr));
    if (!pattern) {
      emitError(location) << "expected a pattern but got " << unwrap(attr);
      return wrap(Attribute());
    }
    unwrapped.push_back(pattern);
  }
  return wrap(SeriesAttr::getChecked([&] { return emitError(location); },
                                     location->getContext(),
                                     ArrayRef(unwrapped)));
}

intptr_t tasdSeriesAttrGetNumPatterns(MlirAttribute attr) {
  return cast<SeriesAttr>(unwrap(attr)).size();
}

MlirAttribute tasdSeriesAttrGetPattern(MlirAttribute attr, intptr_t pos) {
  return wrap(cast<SeriesAttr>(unwrap(attr)).getPatterns()[pos]);
}

MlirAttribute tasdSeriesAttrGetStored(MlirAttribute attr) {
  return wrap(cast<SeriesAttr>(unwrap(attr)).getStored());
}

void tasdSeriesAttrPrint(MlirAttribute attr, MlirStringCallback callback,
                         void *userData) {
  mlir::detail::CallbackOstream os(callback, userData);
  os << cast<SeriesAttr>(unwrap(attr)).getText();
}
