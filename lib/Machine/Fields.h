//===- Fields.h - Typed keys ------------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fields by the type of the member they stand for: values with a codec, lists
// of patterns or operands, structs, and lists of structs.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_FIELDS_H
#define TASD_LIB_MACHINE_FIELDS_H

#include "Codec.h"
#include "Domain.h"
#include "Schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace tasd::machine {

/// A member of an object.
template <typename Object, typename Member> class MemberField : public Field {
public:
  MemberField(llvm::StringRef key, llvm::StringRef unit, llvm::StringRef doc,
              Member Object::*member)
      : Field(key, unit, doc), member(member) {}

protected:
  const Member &get(const void *object) const {
    return static_cast<const Object *>(object)->*member;
  }
  Member &get(void *object) const {
    return static_cast<Object *>(object)->*member;
  }

private:
  Member Object::*member;
};

/// A scalar.
template <typename Object, typename Member>
class ScalarField final : public MemberField<Object, Member> {
public:
  ScalarField(llvm::StringRef key, llvm::StringRef unit, llvm::StringRef doc,
              Member Object::*member, Domain domain)
      : MemberField<Object, Member>(key, unit, doc, member), domain(domain) {}

  void read(const YamlNode &node, llvm::StringRef path, void *object,
            Reader &reader) const override {
    Member value{};
    if (node.kind == YamlNode::Kind::Scalar &&
        Codec<Member>::parse(node.text, value))
      this->get(object) = std::move(value);
    else
      reader.error(node.place, path,
                   "expected " + getType() + " but got " + node.describe());
  }
  void print(const void *object, Printer &printer) const override {
    printer.printScalar(this->key, getText(object));
  }
  void check(const void *object, llvm::StringRef path,
             std::vector<Problem> &problems) const override {
    const Member &value = this->get(object);
    bool holds = true;
    if constexpr (std::is_same_v<Member, std::string>)
      holds = isInDomain(llvm::StringRef(value), domain);
    else if constexpr (std::is_same_v<Member, int64_t>)
      holds = isInDomain(double(value), value == kUnlimitedCapacity, domain);
    else if constexpr (std::is_same_v<Member, double>)
      holds = isInDomain(value, value == kUnlimitedRate, domain);
    if (!holds)
      problems.push_back({path.str(), "expected " + getType() + " but got " +
                                          getText(object)});
  }
  std::string getType() const override {
    return describeDomain(Codec<Member>::describe(), domain);
  }
  std::string getText(const void *object) const override {
    return Codec<Member>::print(this->get(object));
  }

private:
  Domain domain;
};

/// A list of scalars, replaced as a whole. `List` has
///   static std::string describe();          // "a list of operands"
///   static Error parse(ArrayRef<StringRef>, Member &, const Reader &)
///   static std::vector<std::string> print(const Member &)
template <typename Object, typename Member, typename List>
class ListField final : public MemberField<Object, Member> {
public:
  using MemberField<Object, Member>::MemberField;

  void read(const YamlNode &node, llvm::StringRef path, void *object,
            Reader &reader) const override {
    if (node.kind != YamlNode::Kind::Sequence)
      return reader.error(node.place, path,
                          "expected " + getType() + " but got " +
                              node.describe());
    Member value{};
    for (const YamlNode &item : node.items) {
      if (item.kind != YamlNode::Kind::Scalar)
        reader.error(item.place, path,
                     "expected " + getType() + " but got " + item.describe() +
                         " in it");
      else if (llvm::Error error = List::add(item.text, value, reader))
        reader.error(item.place, path, llvm::toString(std::move(error)));
    }
    this->get(object) = std::move(value);
  }
  void print(const void *object, Printer &printer) const override {
    printer.printList(this->key, List::print(this->get(object)));
  }
  void check(const void *, llvm::StringRef,
             std::vector<Problem> &) const override {}
  std::string getType() const override { return List::describe(); }
  std::string getText(const void *object) const override {
    return "[" + llvm::join(List::print(this->get(object)), ", ") + "]";
  }
};

/// A struct; keys that are not named keep their values.
template <typename Object, typename Member>
class StructField final : public MemberField<Object, Member> {
public:
  StructField(llvm::StringRef key, llvm::StringRef doc, Member Object::*member,
              Schema schema)
      : MemberField<Object, Member>(key, "", doc, member),
        schema(std::move(schema)) {}

  void read(const YamlNode &node, llvm::StringRef path, void *object,
            Reader &reader) const override {
    reader.readMapping(node, path, schema, &this->get(object));
  }
  void print(const void *object, Printer &printer) const override {
    printer.printNested(
        this->key, [&] { printer.printMapping(schema, &this->get(object)); });
  }
  void check(const void *object, llvm::StringRef path,
             std::vector<Problem> &problems) const override {
    schema.check(&this->get(object), path, problems);
  }
  std::string getType() const override { return "a mapping"; }
  const Schema *getNested() const override { return &schema; }

private:
  Schema schema;
};

/// A struct that need not be there, and then is not printed either.
template <typename Object, typename Member>
class OptionalField final : public MemberField<Object, std::optional<Member>> {
public:
  OptionalField(llvm::StringRef key, llvm::StringRef doc,
                std::optional<Member> Object::*member, Schema schema)
      : MemberField<Object, std::optional<Member>>(key, "", doc, member),
        schema(std::move(schema)) {}

  void read(const YamlNode &node, llvm::StringRef path, void *object,
            Reader &reader) const override {
    std::optional<Member> &value = this->get(object);
    if (!value)
      value.emplace();
    reader.readMapping(node, path, schema, &*value);
  }
  void print(const void *object, Printer &printer) const override {
    if (const std::optional<Member> &value = this->get(object))
      printer.printNested(this->key,
                          [&] { printer.printMapping(schema, &*value); });
  }
  void check(const void *object, llvm::StringRef path,
             std::vector<Problem> &problems) const override {
    if (const std::optional<Member> &value = this->get(object))
      schema.check(&*value, path, problems);
  }
  std::string getType() const override { return "a mapping"; }
  const Schema *getNested() const override { return &schema; }

private:
  Schema schema;
};

/// A list of structs with names, at least one. An entry whose name is there
/// already changes that struct, any other is added.
template <typename Object, typename Element>
class StructListField final : public MemberField<Object, std::vector<Element>> {
  using Member = std::vector<Element>;

public:
  StructListField(llvm::StringRef key, llvm::StringRef doc,
                  Member Object::*member, std::string Element::*identity,
                  Schema schema)
      : MemberField<Object, Member>(key, "", doc, member), identity(identity),
        schema(std::move(schema)) {}

  void read(const YamlNode &node, llvm::StringRef path, void *object,
            Reader &reader) const override {
    if (node.kind != YamlNode::Kind::Sequence)
      return reader.error(node.place, path,
                          "expected " + getType() + " but got " +
                              node.describe());
    llvm::StringMap<unsigned> lines;
    for (const YamlNode &item : node.items)
      readItem(item, path, this->get(object), lines, reader);
  }
  void print(const void *object, Printer &printer) const override {
    const Member &elements = this->get(object);
    if (elements.empty())
      return printer.printList(this->key, {});
    printer.printNested(this->key, [&] {
      for (const Element &element : elements)
        printer.printItem([&] { printer.printMapping(schema, &element); });
    });
  }
  void check(const void *object, llvm::StringRef path,
             std::vector<Problem> &problems) const override {
    if (this->get(object).empty())
      problems.push_back({path.str(), "expected at least one entry"});
    for (const Element &element : this->get(object))
      schema.check(&element, joinPath(path, element.*identity), problems);
  }
  std::string getType() const override { return "a list of mappings"; }
  const Schema *getNested() const override { return &schema; }

private:
  void readItem(const YamlNode &item, llvm::StringRef path, Member &elements,
                llvm::StringMap<unsigned> &lines, Reader &reader) const {
    if (item.kind != YamlNode::Kind::Mapping)
      return reader.error(item.place, path,
                          "expected a mapping but got " + item.describe() +
                              " in it");
    const YamlEntry *name = item.lookup(schema.identity);
    if (!name || name->value.kind != YamlNode::Kind::Scalar ||
        name->value.text.empty())
      return reader.error(item.place, path,
                          "expected a mapping with the key '" +
                              schema.identity + "'");
    llvm::StringRef text = name->value.text;
    auto [first, isNew] = lines.try_emplace(text, name->place.line);
    if (!isNew)
      return reader.error(name->value.place, joinPath(path, text),
                          "expected another " + schema.identity + ", since '" +
                              text + "' stands in line " +
                              llvm::Twine(first->second) + " already");
    auto found = llvm::find_if(elements, [&](const Element &element) {
      return element.*identity == text;
    });
    if (found == elements.end())
      found = elements.insert(elements.end(), Element());
    reader.readMapping(item, joinPath(path, text), schema, &*found);
  }

  std::string Element::*identity;
  Schema schema;
};

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_FIELDS_H
