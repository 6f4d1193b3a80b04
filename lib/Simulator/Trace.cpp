//===- Trace.cpp - The timeline of a simulation ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Trace.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace tasd::simulator;

void Trace::beginProgram(llvm::StringRef name, double startCycle) {
  programs.push_back(llvm::json::fixUTF8(name));
  this->startCycle = startCycle;
}

size_t Trace::findUnit(llvm::StringRef name) {
  auto it = llvm::find(units, name);
  if (it == units.end())
    it = units.insert(units.end(), llvm::json::fixUTF8(name));
  return it - units.begin();
}

void Trace::onSpan(const Span &span) {
  if (programs.empty())
    programs.push_back("program");
  events.push_back({programs.size() - 1, findUnit(span.unit), span.work.str(),
                    startCycle + span.beginCycle, startCycle + span.endCycle});
}

static void writeName(llvm::json::OStream &json, llvm::StringRef kind,
                      size_t program, size_t unit, llvm::StringRef name) {
  json.object([&] {
    json.attribute("name", kind);
    json.attribute("ph", "M");
    json.attribute("pid", int64_t(program));
    json.attribute("tid", int64_t(unit));
    json.attributeObject("args", [&] { json.attribute("name", name); });
  });
}

void Trace::write(llvm::raw_ostream &os) const {
  llvm::json::OStream json(os);
  auto writeEvent = [&](const Event &event) {
    json.object([&] {
      json.attribute("name", event.work);
      json.attribute("ph", "X");
      json.attribute("pid", int64_t(event.program));
      json.attribute("tid", int64_t(event.unit));
      json.attribute("ts", toMicroseconds(event.begin));
      json.attribute("dur", toMicroseconds(event.end - event.begin));
    });
  };
  json.object([&] {
    json.attribute("displayTimeUnit", "ns");
    json.attributeArray("traceEvents", [&] {
      for (auto [program, name] : llvm::enumerate(programs)) {
        writeName(json, "process_name", program, 0, name);
        for (auto [unit, unitName] : llvm::enumerate(units))
          writeName(json, "thread_name", program, unit, unitName);
      }
      for (const Event &event : events)
        writeEvent(event);
    });
  });
  os << "\n";
}
