//===- SchemaBuilder.h - Tables of keys, key by key -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_SCHEMABUILDER_H
#define TASD_LIB_MACHINE_SCHEMABUILDER_H

#include "Fields.h"

namespace tasd::machine {

/// A list of operands, written "[a, b]".
struct OperandList {
  static std::string describe() { return "a list of operands"; }
  static llvm::Error add(llvm::StringRef text, OperandSet &set,
                         const Reader &) {
    Operand operand;
    if (!Codec<Operand>::parse(text, operand))
      return llvm::createStringError("expected " + Codec<Operand>::describe() +
                                     " but got '" + text + "'");
    (operand == Operand::A   ? set.a
     : operand == Operand::B ? set.b
                             : set.z) = true;
    return llvm::Error::success();
  }
  static std::vector<std::string> print(const OperandSet &set) {
    std::vector<std::string> texts;
    for (Operand operand : {Operand::A, Operand::B, Operand::Z})
      if (set.contains(operand))
        texts.push_back(Codec<Operand>::print(operand));
    return texts;
  }
};

/// A list of patterns, in the grammar of series.
struct PatternList {
  using Patterns = std::vector<sparsity::PatternRef>;

  static std::string describe() { return "a list of patterns"; }
  static llvm::Error add(llvm::StringRef text, Patterns &patterns,
                         const Reader &reader) {
    auto pattern = reader.registry.parsePattern(text);
    if (!pattern)
      return pattern.takeError();
    if (!(*pattern)->hasFixedSize())
      return llvm::createStringError(
          "expected a pattern whose packed form has a fixed size but got '" +
          text + "'");
    patterns.push_back(std::move(*pattern));
    return llvm::Error::success();
  }
  static std::vector<std::string> print(const Patterns &patterns) {
    std::vector<std::string> texts;
    for (const auto &pattern : patterns)
      texts.push_back(Codec<std::string>::print(pattern->getText()));
    return texts;
  }
};

/// The base, which is read before the keys of a file, and is no part of what
/// comes of it.
class BaseField final : public Field {
public:
  using Field::Field;

  void read(const YamlNode &, llvm::StringRef, void *,
            Reader &) const override {}
  void print(const void *, Printer &) const override {}
  void check(const void *, llvm::StringRef,
             std::vector<Problem> &) const override {}
  std::string getType() const override { return "a machine's name or file"; }
};

/// Makes the schema of an Object, key by key.
template <typename Object> class SchemaBuilder {
public:
  explicit SchemaBuilder(llvm::StringRef title, llvm::StringRef identity = "") {
    schema.title = title;
    schema.identity = identity;
    schema.defaults = std::make_shared<Object>();
  }

  template <typename Member>
  SchemaBuilder &scalar(llvm::StringRef key, Member Object::*member,
                        Domain domain, llvm::StringRef unit,
                        llvm::StringRef doc) {
    return add<ScalarField<Object, Member>>(key, unit, doc, member, domain);
  }
  /// A word or a flag, of which all values are good.
  template <typename Member>
  SchemaBuilder &choice(llvm::StringRef key, Member Object::*member,
                        llvm::StringRef doc) {
    return scalar(key, member, Domain::Any, "", doc);
  }
  template <typename List, typename Member>
  SchemaBuilder &list(llvm::StringRef key, Member Object::*member,
                      llvm::StringRef doc) {
    return add<ListField<Object, Member, List>>(key, "", doc, member);
  }
  template <typename Member>
  SchemaBuilder &structure(llvm::StringRef key, Member Object::*member,
                           Schema nested, llvm::StringRef doc) {
    return add<StructField<Object, Member>>(key, doc, member,
                                            std::move(nested));
  }
  template <typename Member>
  SchemaBuilder &optional(llvm::StringRef key,
                          std::optional<Member> Object::*member, Schema nested,
                          llvm::StringRef doc) {
    return add<OptionalField<Object, Member>>(key, doc, member,
                                              std::move(nested));
  }
  template <typename Element>
  SchemaBuilder &structures(llvm::StringRef key,
                            std::vector<Element> Object::*member,
                            std::string Element::*identity, Schema nested,
                            llvm::StringRef doc) {
    return add<StructListField<Object, Element>>(key, doc, member, identity,
                                                 std::move(nested));
  }
  SchemaBuilder &base(llvm::StringRef doc) {
    return add<BaseField>(kBaseKey, "", doc);
  }
  Schema take() { return std::move(schema); }

private:
  template <typename FieldType, typename... Args>
  SchemaBuilder &add(Args &&...args) {
    schema.fields.push_back(
        std::make_unique<FieldType>(std::forward<Args>(args)...));
    return *this;
  }

  Schema schema;
};

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_SCHEMABUILDER_H
