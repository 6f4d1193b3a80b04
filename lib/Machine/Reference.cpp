//===- Reference.cpp - The reference of a machine's keys ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/MachineFile.h"

#include "Schema.h"

#include "llvm/Support/raw_ostream.h"

using namespace tasd::machine;
using llvm::StringRef;

namespace {

/// Writes a section for each schema, the first time that a key leads to it.
class ReferenceWriter {
public:
  explicit ReferenceWriter(llvm::raw_ostream &os) : os(os) {}

  void writeSections(const Schema &schema);

private:
  void writeTable(const Schema &schema);
  void writeRow(const Schema &schema, const Field &field);

  llvm::raw_ostream &os;
  llvm::StringMap<bool> written;
};

} // namespace

/// Whether the default is no value that a machine may have.
static bool isRequired(const Schema &schema, const Field &field) {
  std::vector<Problem> problems;
  field.check(schema.defaults.get(), field.key, problems);
  return !problems.empty();
}

void ReferenceWriter::writeRow(const Schema &schema, const Field &field) {
  os << "| `" << field.key << "` | " << field.getType();
  if (const Schema *nested = field.getNested())
    os << ": " << nested->title;
  std::string text = field.getText(schema.defaults.get());
  os << " | ";
  if (isRequired(schema, field))
    os << "required";
  else if (!text.empty() && text != "\"\"")
    os << "`" << text << "`";
  os << " | " << field.unit << " | " << field.doc << " |\n";
}

void ReferenceWriter::writeTable(const Schema &schema) {
  os << "| key | value | default | unit | meaning |\n"
     << "| --- | --- | --- | --- | --- |\n";
  for (const auto &field : schema.fields)
    writeRow(schema, *field);
}

void ReferenceWriter::writeSections(const Schema &schema) {
  if (!written.try_emplace(schema.title, true).second)
    return;
  os << (written.size() == 1 ? "" : "\n") << "### " << schema.title << "\n\n";
  writeTable(schema);
  for (const auto &field : schema.fields)
    if (const Schema *nested = field->getNested())
      writeSections(*nested);
}

void tasd::machine::printMachineReference(llvm::raw_ostream &os) {
  ReferenceWriter(os).writeSections(getMachineSchema());
}
