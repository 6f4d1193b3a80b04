//===- ConstantWriter.cpp - The many ways to write a constant -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A constant is a leaf with data (dense elements, a resource, a global, a fill)
// behind up to two ops that show it in another way. Each function below undoes
// one such op: it writes what the op must be given so as to yield `tensor`.
//
//===----------------------------------------------------------------------===//

#include "ProgramWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::differential;
using llvm::formatv;

namespace tasd::differential {
class ConstantWriter {
public:
  ConstantWriter(ProgramWriter &writer, Random &random)
      : writer(writer), random(random) {}

  /// Writes `tensor` behind at most `depth` ops.
  TypedValue write(const Tensor &tensor, int depth);

private:
  TypedValue writeLeaf(const Tensor &tensor);
  TypedValue writeUniform(const Tensor &tensor);
  TypedValue writeResource(const Tensor &tensor);
  TypedValue writeGlobal(const Tensor &tensor);

  // None where the op cannot yield the tensor.
  using Wrapped = std::optional<TypedValue>;
  Wrapped writeTranspose(const Tensor &tensor, int depth);
  Wrapped writeExpand(const Tensor &tensor, int depth);
  Wrapped writeCollapse(const Tensor &tensor, int depth);
  Wrapped writeSlice(const Tensor &tensor, int depth);
  Wrapped writeBroadcast(const Tensor &tensor, int depth);
  Wrapped writeCast(const Tensor &tensor, int depth);

  TypedValue writeEmpty(const Tensor &tensor) {
    std::string type = getTypeText(tensor);
    return writer.addOp("tensor.empty() : " + type, type);
  }
  std::string makeSymbol(llvm::StringRef kind) {
    return formatv("{0}_{1}_{2}", kind, writer.program.name,
                   writer.numValues++);
  }
  void mark(const char *feature) {
    writer.program.traits.features.insert(feature);
  }

  ProgramWriter &writer;
  Random &random;
};
} // namespace tasd::differential

//===----------------------------------------------------------------------===//
// Leaves
//===----------------------------------------------------------------------===//

static std::string getHex(const Tensor &tensor) {
  std::vector<char> bytes = tensor.encode();
  return llvm::toHex(llvm::StringRef(bytes.data(), bytes.size()));
}

static bool isIntegral(const Tensor &tensor) {
  return llvm::all_of(tensor.elements, [](Number number) {
    return number == std::trunc(number) && std::fabs(number) < 1e9;
  });
}

static std::string getNumberText(Format format, Number number) {
  std::string text = std::to_string(static_cast<int64_t>(number));
  if (!format.isFloat())
    return text;
  return (number == 0 && std::signbit(number) ? "-" : "") + text + ".0";
}

/// Nested lists of decimal numbers, from dimension `dim` on.
static std::string getNestedText(const Tensor &tensor, size_t dim,
                                 const Number *&next) {
  if (dim == tensor.shape.size())
    return getNumberText(tensor.format, *next++);
  std::string text = "[";
  for (int64_t i = 0; i < tensor.shape[dim]; ++i)
    text += (i ? ", " : "") + getNestedText(tensor, dim + 1, next);
  return text + "]";
}

static std::string getDenseText(const Tensor &tensor) {
  const Number *next = tensor.elements.data();
  if (tensor.elements.empty())
    return "dense<>";
  if (isIntegral(tensor))
    return "dense<" + getNestedText(tensor, 0, next) + ">";
  return "dense<\"0x" + getHex(tensor) + "\">";
}

static bool isUniform(const Tensor &tensor) {
  return !tensor.elements.empty() &&
         llvm::all_of(tensor.elements, [&](Number number) {
           return encode(tensor.format, number) ==
                  encode(tensor.format, tensor.elements[0]);
         });
}

TypedValue ConstantWriter::writeUniform(const Tensor &tensor) {
  std::string type = getTypeText(tensor);
  Number number = tensor.elements[0];
  if (random.chance(50)) {
    mark("splat");
    return writer.addOp(formatv("arith.constant dense<{0}> : {1}",
                                getNumberText(tensor.format, number), type),
                        type);
  }
  mark("fill");
  std::string element = tensor.format.getName();
  TypedValue scalar =
      writer.addOp("arith.constant " + getNumberText(tensor.format, number) +
                       " : " + element,
                   element);
  TypedValue empty = writeEmpty(tensor);
  return writer.addOp(formatv("linalg.fill ins({0} : {1}) outs({2} : {3}) -> "
                              "{3}",
                              scalar.name, element, empty.name, type),
                      type);
}

TypedValue ConstantWriter::writeResource(const Tensor &tensor) {
  mark("dense_resource");
  std::string name = makeSymbol("blob"), type = getTypeText(tensor);
  // The alignment in four bytes goes before the data.
  writer.program.resources.push_back({name, "08000000" + getHex(tensor)});
  return writer.addOp("arith.constant dense_resource<" + name + "> : " + type,
                      type);
}

TypedValue ConstantWriter::writeGlobal(const Tensor &tensor) {
  mark("ml_program.global");
  std::string name = makeSymbol("weights"), type = getTypeText(tensor);
  writer.globals += formatv("ml_program.global private @{0}({1} : {2}) : {2}\n",
                            name, getDenseText(tensor), type);
  const char *load = random.chance(50) ? "global_load_const" : "global_load";
  return writer.addOp(formatv("ml_program.{0} @{1} : {2}", load, name, type),
                      type);
}

TypedValue ConstantWriter::writeLeaf(const Tensor &tensor) {
  if (isUniform(tensor) && isIntegral(tensor) && random.chance(80))
    return writeUniform(tensor);
  int64_t choice = random.below(3);
  if (choice == 0 && !tensor.elements.empty())
    return writeResource(tensor);
  if (choice == 1)
    return writeGlobal(tensor);
  mark("dense");
  std::string type = getTypeText(tensor);
  return writer.addOp("arith.constant " + getDenseText(tensor) + " : " + type,
                      type);
}

//===----------------------------------------------------------------------===//
// Ops that move elements
//===----------------------------------------------------------------------===//

ConstantWriter::Wrapped ConstantWriter::writeTranspose(const Tensor &tensor,
                                                       int depth) {
  int64_t rank = tensor.shape.size();
  if (rank < 2)
    return std::nullopt;
  mark("transpose");
  llvm::SmallVector<int64_t> permutation =
      llvm::to_vector(llvm::seq<int64_t>(rank));
  random.shuffle(permutation);
  auto toSource = [&](llvm::ArrayRef<int64_t> index) {
    Shape source(rank);
    for (int64_t i = 0; i < rank; ++i)
      source[permutation[i]] = index[i];
    return source;
  };
  Tensor source = Tensor::zeros(tensor.format, toSource(tensor.shape));
  forEachIndex(tensor.shape, [&](llvm::ArrayRef<int64_t> index) {
    source.at(toSource(index)) = tensor.at(index);
  });
  TypedValue value = write(source, depth), empty = writeEmpty(tensor);
  return writer.addOp(
      formatv("linalg.transpose ins({0} : {1}) outs({2} : {3}) permutation = "
              "{4}",
              value.name, value.type, empty.name, empty.type,
              getListText(permutation)),
      empty.type);
}

/// "[[0], [1, 2], [3]]": dimension `dim` of `rank` stands for two.
static std::string getReassociation(int64_t rank, int64_t dim) {
  std::string text;
  int64_t next = 0;
  for (int64_t i = 0; i < rank; ++i) {
    llvm::SmallVector<int64_t> group = {next++};
    if (i == dim)
      group.push_back(next++);
    text += (i ? ", " : "") + getListText(group);
  }
  return "[" + text + "]";
}

ConstantWriter::Wrapped ConstantWriter::writeExpand(const Tensor &tensor,
                                                    int depth) {
  int64_t rank = tensor.shape.size();
  if (rank < 2)
    return std::nullopt;
  mark("expand_shape");
  int64_t dim = random.below(rank - 1);
  Tensor source = tensor;
  source.shape[dim] *= source.shape[dim + 1];
  source.shape.erase(source.shape.begin() + dim + 1);
  TypedValue value = write(source, depth);
  std::string type = getTypeText(tensor);
  return writer.addOp(formatv("tensor.expand_shape {0} {1} output_shape {2} : "
                              "{3} into {4}",
                              value.name, getReassociation(rank - 1, dim),
                              getListText(tensor.shape), value.type, type),
                      type);
}

ConstantWriter::Wrapped ConstantWriter::writeCollapse(const Tensor &tensor,
                                                      int depth) {
  int64_t rank = tensor.shape.size();
  if (rank < 1)
    return std::nullopt;
  mark("collapse_shape");
  int64_t dim = random.below(rank);
  int64_t factor = random.pick({1, 2, 3});
  if (tensor.shape[dim] % factor != 0)
    factor = 1;
  Tensor source = tensor;
  source.shape[dim] /= factor;
  source.shape.insert(source.shape.begin() + dim, factor);
  TypedValue value = write(source, depth);
  std::string type = getTypeText(tensor);
  return writer.addOp(formatv("tensor.collapse_shape {0} {1} : {2} into {3}",
                              value.name, getReassociation(rank, dim),
                              value.type, type),
                      type);
}

ConstantWriter::Wrapped ConstantWriter::writeSlice(const Tensor &tensor,
                                                   int depth) {
  if (tensor.shape.empty())
    return std::nullopt;
  mark("extract_slice");
  Shape offsets, strides, extents;
  for (int64_t extent : tensor.shape) {
    offsets.push_back(random.below(2));
    strides.push_back(random.chance(25) ? 2 : 1);
    int64_t last = std::max<int64_t>(extent - 1, 0) * strides.back();
    extents.push_back(offsets.back() + last + 1 + random.below(2));
  }
  Tensor source = Tensor::zeros(tensor.format, extents);
  llvm::fill(source.elements, 3);
  forEachIndex(tensor.shape, [&](llvm::ArrayRef<int64_t> index) {
    Shape from;
    for (size_t dim = 0; dim < index.size(); ++dim)
      from.push_back(offsets[dim] + index[dim] * strides[dim]);
    source.at(from) = tensor.at(index);
  });
  TypedValue value = write(source, depth);
  std::string type = getTypeText(tensor);
  return writer.addOp(
      formatv("tensor.extract_slice {0}{1} {2} {3} : {4} to {5}", value.name,
              getListText(offsets), getListText(tensor.shape),
              getListText(strides), value.type, type),
      type);
}

ConstantWriter::Wrapped ConstantWriter::writeBroadcast(const Tensor &tensor,
                                                       int depth) {
  for (int64_t dim = 0, rank = tensor.shape.size(); dim < rank; ++dim) {
    if (tensor.shape[dim] < 1 || (tensor.shape[dim] == 1 && random.chance(85)))
      continue;
    Shape rest = tensor.shape;
    rest.erase(rest.begin() + dim);
    Tensor source = Tensor::zeros(tensor.format, rest);
    bool isConstant = true;
    forEachIndex(rest, [&](llvm::ArrayRef<int64_t> index) {
      Shape first(index);
      first.insert(first.begin() + dim, 0);
      source.at(index) = tensor.at(first);
      for (int64_t i = 1; i < tensor.shape[dim]; ++i) {
        Shape other = first;
        other[dim] = i;
        isConstant &= encode(tensor.format, tensor.at(other)) ==
                      encode(tensor.format, tensor.at(first));
      }
    });
    if (!isConstant || rest.empty())
      continue;
    mark("broadcast");
    TypedValue value = write(source, depth), empty = writeEmpty(tensor);
    return writer.addOp(formatv("linalg.broadcast ins({0} : {1}) outs({2} : "
                                "{3}) dimensions = [{4}]",
                                value.name, value.type, empty.name, empty.type,
                                dim),
                        empty.type);
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

namespace {
struct CastKind {
  const char *from, *to, *op;
};
} // namespace

static const CastKind kCasts[] = {
    {"f16", "f32", "arith.extf"},    {"bf16", "f32", "arith.extf"},
    {"f64", "f32", "arith.truncf"},  {"i8", "f32", "arith.sitofp"},
    {"f32", "f64", "arith.extf"},    {"f32", "f16", "arith.truncf"},
    {"f32", "bf16", "arith.truncf"}, {"i8", "i32", "arith.extsi"},
    {"i32", "i8", "arith.trunci"},
};

/// Whether the cast yields these elements bit for bit.
static bool canCast(const CastKind &cast, const Tensor &tensor) {
  Format from = Format::get(cast.from);
  return tensor.format.getName() == cast.to &&
         llvm::all_of(tensor.elements, [&](Number number) {
           return encode(tensor.format, round(from, number)) ==
                  encode(tensor.format, number);
         });
}

ConstantWriter::Wrapped ConstantWriter::writeCast(const Tensor &tensor,
                                                  int depth) {
  llvm::SmallVector<CastKind> casts;
  for (const CastKind &cast : kCasts)
    if (canCast(cast, tensor))
      casts.push_back(cast);
  if (casts.empty())
    return std::nullopt;
  mark("cast");
  CastKind cast = random.pick(llvm::ArrayRef(casts));
  Tensor source = tensor;
  source.format = Format::get(cast.from);
  TypedValue value = write(source, depth);
  std::string type = getTypeText(tensor);
  if (random.chance(50))
    return writer.addOp(
        formatv("{0} {1} : {2} to {3}", cast.op, value.name, value.type, type),
        type);
  TypedValue empty = writeEmpty(tensor);
  std::string dims, iterators;
  for (size_t dim = 0; dim < tensor.shape.size(); ++dim) {
    dims += (dim ? ", d" : "d") + std::to_string(dim);
    iterators += dim ? ", \"parallel\"" : "\"parallel\"";
  }
  return writer.addOp(
      formatv("linalg.generic {{indexing_maps = [affine_map<({0}) -> ({0})>, "
              "affine_map<({0}) -> ({0})>], iterator_types = [{1}]} ins({2} : "
              "{3}) outs({4} : {5}) {{\n  ^bb0(%x: {6}, %y: {7}):\n"
              "    %z = {8} %x : {6} to {7}\n    linalg.yield %z : {7}\n  } -> "
              "{5}",
              dims, iterators, value.name, value.type, empty.name, type,
              cast.from, cast.to, cast.op),
      type);
}

//===----------------------------------------------------------------------===//
// All of it
//===----------------------------------------------------------------------===//

TypedValue ConstantWriter::write(const Tensor &tensor, int depth) {
  if (depth == 0)
    return writeLeaf(tensor);
  --depth;
  if (Wrapped value = writeBroadcast(tensor, depth))
    return *value;
  using Function = Wrapped (ConstantWriter::*)(const Tensor &, int);
  llvm::SmallVector<Function> functions = {
      &ConstantWriter::writeTranspose, &ConstantWriter::writeExpand,
      &ConstantWriter::writeCollapse, &ConstantWriter::writeSlice,
      &ConstantWriter::writeCast};
  random.shuffle(functions);
  for (Function function : functions)
    if (Wrapped value = (this->*function)(tensor, depth))
      return *value;
  return writeLeaf(tensor);
}

TypedValue ProgramWriter::addConstant(const Tensor &tensor, Random &random) {
  int depth = random.pick({0, 0, 0, 1, 1, 2});
  return ConstantWriter(*this, random).write(tensor, depth);
}
