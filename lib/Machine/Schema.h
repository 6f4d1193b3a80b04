//===- Schema.h - The keys of a machine, once -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A schema lists the keys of a struct: reader, printer, validation and
// documentation walk the same table. Objects are passed as untyped pointers to
// the schema's struct; Fields.h makes typed fields.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_SCHEMA_H
#define TASD_LIB_MACHINE_SCHEMA_H

#include "tasd/Machine/Machine.h"
#include "tasd/Support/YamlTree.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::machine {

struct Schema;

/// What reading needs to know, and what it finds.
class Reader {
public:
  explicit Reader(const sparsity::PatternRegistry &registry)
      : registry(registry) {}

  /// Reads the keys of a mapping into `object`; what the mapping does not name
  /// stays as it is.
  void readMapping(const YamlNode &node, llvm::StringRef path,
                   const Schema &schema, void *object);

  void error(const YamlPlace &place, llvm::StringRef path,
             const llvm::Twine &message);
  /// Remembers where the value of `path` stands, for validation.
  void setPlace(llvm::StringRef path, const YamlPlace &place);
  /// Where `path`, or else the closest key around it, stands.
  const YamlPlace &getPlace(llvm::StringRef path) const;

  const sparsity::PatternRegistry &registry;
  /// One line for each mistake.
  std::vector<std::string> errors;

private:
  llvm::StringMap<YamlPlace> places;
};

/// Writes YAML, two spaces a level.
class Printer {
public:
  explicit Printer(llvm::raw_ostream &os) : os(os) {}

  void printMapping(const Schema &schema, const void *object);
  /// "key: text".
  void printScalar(llvm::StringRef key, llvm::StringRef text);
  /// "key: [text, text]".
  void printList(llvm::StringRef key, llvm::ArrayRef<std::string> texts);
  /// "key:" and below it, indented, what `printBody` writes.
  void printNested(llvm::StringRef key, llvm::function_ref<void()> printBody);
  /// "- " and behind it what `printBody` writes.
  void printItem(llvm::function_ref<void()> printBody);

private:
  void startLine();

  llvm::raw_ostream &os;
  unsigned indent = 0;
  bool afterDash = false;
};

/// One key of a struct.
class Field {
public:
  Field(llvm::StringRef key, llvm::StringRef unit, llvm::StringRef doc)
      : key(key), unit(unit), doc(doc) {}
  virtual ~Field();

  virtual void read(const YamlNode &node, llvm::StringRef path, void *object,
                    Reader &reader) const = 0;
  virtual void print(const void *object, Printer &printer) const = 0;
  /// Adds what is wrong with the value alone, at `path`.
  virtual void check(const void *object, llvm::StringRef path,
                     std::vector<Problem> &problems) const = 0;
  /// The kind of value: "integer", "list of patterns".
  virtual std::string getType() const = 0;
  /// The text of the value; empty for structs.
  virtual std::string getText(const void *object) const { return ""; }
  /// Of the struct or structs that are the value; null for others.
  virtual const Schema *getNested() const { return nullptr; }

  llvm::StringRef key, unit, doc;
};

/// The keys of a struct, in the order in which they are written.
struct Schema {
  /// Of the section in the documentation.
  llvm::StringRef title;
  /// The key by which lists of these structs name their entries, if any.
  llvm::StringRef identity;
  std::vector<std::unique_ptr<Field>> fields;
  /// An object with the defaults.
  std::shared_ptr<const void> defaults;

  const Field *lookup(llvm::StringRef key) const;
  void check(const void *object, llvm::StringRef path,
             std::vector<Problem> &problems) const;
};

/// "parent.key", or the key where there is no parent.
std::string joinPath(llvm::StringRef parent, llvm::StringRef key);

/// The key that names the machine which a file changes.
constexpr llvm::StringRef kBaseKey = "base";

/// The schema of a Machine.
const Schema &getMachineSchema();

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_SCHEMA_H
