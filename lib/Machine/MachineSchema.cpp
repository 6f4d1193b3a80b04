//===- MachineSchema.cpp - The table of a machine's keys ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every key with its unit, what it means and what its values may be. Defaults
// are those of the structs.
//
//===----------------------------------------------------------------------===//

#include "SchemaBuilder.h"

using namespace tasd::machine;
using llvm::StringRef;

static Schema makeMetadataStore() {
  return SchemaBuilder<MetadataStore>("Metadata store")
      .scalar("width_bits", &MetadataStore::widthBits, Domain::NonNegative,
              "bits", "Bits of one access; 0 where the level has no store.")
      .scalar("capacity", &MetadataStore::capacity,
              Domain::NonNegativeOrUnlimited, "accesses",
              "Accesses of `width_bits` that one instance holds.")
      .take();
}

static Schema makeLevel() {
  using Level = MemoryLevel;
  return SchemaBuilder<Level>("Levels", "name")
      .scalar("name", &Level::name, Domain::Identifier, "",
              "How mappings call it.")
      .choice("placement", &Level::placement,
              "Of what there is one instance each.")
      .scalar("capacity", &Level::capacity, Domain::PositiveOrUnlimited,
              "`capacity_unit`", "What one instance holds.")
      .choice("capacity_unit", &Level::capacityUnit,
              "Words of 8 bits, or elements whatever their width.")
      .scalar("line_words", &Level::lineWords, Domain::Positive, "words",
              "What one access moves and pays for.")
      .scalar("banks", &Level::banks, Domain::Positive, "", "Of one instance.")
      .scalar("read_words_per_cycle", &Level::readWordsPerCycle,
              Domain::PositiveOrUnlimited, "words/cycle",
              "Of one instance, metadata included.")
      .scalar("write_words_per_cycle", &Level::writeWordsPerCycle,
              Domain::PositiveOrUnlimited, "words/cycle",
              "Of one instance, metadata, fills and updates included.")
      .list<OperandList>("keep", &Level::keep,
                         "The operands it holds, unless a mapping says "
                         "otherwise.")
      .list<OperandList>("may_bypass", &Level::mayBypass,
                         "Those of `keep` that a mapping may leave out.")
      .choice("double_buffered", &Level::doubleBuffered,
              "Whether moves into the level overlap with work on it; "
              "`capacity` is what a mapping may use, either way.")
      .structure("metadata", &Level::metadata, makeMetadataStore(),
                 "The store for metadata beside the words.")
      .scalar("area_um2", &Level::areaUm2, Domain::NonNegative, "µm²",
              "Of one instance.")
      .take();
}

static Schema makeExtents() {
  return SchemaBuilder<Extents>("Extents")
      .scalar("m", &Extents::m, Domain::Positive, "", "Along rows of A and Z.")
      .scalar("n", &Extents::n, Domain::Positive, "",
              "Along columns of B and Z.")
      .scalar("k", &Extents::k, Domain::Positive, "", "Along the reduction.")
      .take();
}

static Schema makeArray() {
  return SchemaBuilder<MacArray>("Array")
      .structure("sub_partitions", &MacArray::subPartitions, makeExtents(),
                 "How many, along each dimension of the product.")
      .structure("lanes", &MacArray::lanes, makeExtents(),
                 "Lanes of one sub-partition, a multiply-add unit each.")
      .choice("dataflow", &MacArray::dataflow,
              "`systolic` pays for filling and draining the array at each "
              "pass.")
      .scalar("area_um2", &MacArray::areaUm2, Domain::NonNegative, "µm²",
              "Of one multiply-add unit.")
      .take();
}

static Schema makeOperand() {
  return SchemaBuilder<OperandSupport>("Operands")
      .list<PatternList>("patterns", &OperandSupport::patterns,
                         "The patterns that terms may have, as in `[1:4, "
                         "2:4]`. Dense operands always run.")
      .choice("format", &OperandSupport::format,
              "How the places of kept elements are told.")
      .choice("zeros", &OperandSupport::zeros,
              "What becomes of zeros outside any pattern: stored and "
              "multiplied, not stored but multiplied, or neither.")
      .take();
}

static Schema makeSeries() {
  return SchemaBuilder<SeriesSupport>("Series")
      .scalar("max_terms", &SeriesSupport::maxTerms, Domain::Positive, "terms",
              "The most terms of a series.")
      .choice("lossy", &SeriesSupport::lossy,
              "Whether a series may drop non-zeros; if not, it serves a tensor "
              "that obeys it already.")
      .take();
}

static Schema makeTasdUnits() {
  return SchemaBuilder<TasdUnits>("TASD units")
      .scalar("count", &TasdUnits::count, Domain::NonNegative, "",
              "Over the whole machine; 0 where there are none.")
      .scalar("cycles_per_block", &TasdUnits::cyclesPerBlock, Domain::Positive,
              "cycles",
              "Of one unit for one block, all terms of the series together.")
      .scalar("area_um2", &TasdUnits::areaUm2, Domain::NonNegative, "µm²",
              "Of one unit.")
      .choice("area_assumed", &TasdUnits::areaAssumed,
              "Whether the area is derived rather than published.")
      .take();
}

static Schema makeLevelEnergy() {
  constexpr StringRef unit = "pJ/access";
  return SchemaBuilder<LevelEnergy>("Energies of a level", "level")
      .scalar("level", &LevelEnergy::level, Domain::Identifier, "",
              "The name of a level.")
      .scalar("read_pj", &LevelEnergy::readPj, Domain::NonNegative, unit,
              "To read a line.")
      .scalar("write_pj", &LevelEnergy::writePj, Domain::NonNegative, unit,
              "To write a line.")
      .scalar("metadata_read_pj", &LevelEnergy::metadataReadPj,
              Domain::NonNegative, unit, "To read `metadata.width_bits`.")
      .scalar("metadata_write_pj", &LevelEnergy::metadataWritePj,
              Domain::NonNegative, unit, "To write `metadata.width_bits`.")
      .choice("assumed", &LevelEnergy::assumed,
              "Whether the figures are derived rather than published.")
      .take();
}

static Schema makeMacEnergy() {
  return SchemaBuilder<MacEnergy>("Energies of a multiply-add", "type")
      .scalar("type", &MacEnergy::type, Domain::Identifier, "",
              "The element type, as in MLIR; a machine runs those listed.")
      .scalar("energy_pj", &MacEnergy::energyPj, Domain::NonNegative,
              "pJ/multiply-add", "Of one that is done.")
      .choice("assumed", &MacEnergy::assumed,
              "Whether the figure is derived rather than published.")
      .take();
}

static Schema makeTasdEnergy() {
  return SchemaBuilder<TasdEnergy>("Energies of a TASD unit")
      .scalar("block_pj", &TasdEnergy::blockPj, Domain::NonNegative, "pJ/block",
              "To load a block of elements of 8 bits.")
      .scalar("kept_pj", &TasdEnergy::keptPj, Domain::NonNegative, "pJ/element",
              "To find and write one kept element of 8 bits.")
      .choice("assumed", &TasdEnergy::assumed,
              "Whether the figures are derived rather than published.")
      .take();
}

static Schema makeEnergyProfile() {
  using Profile = EnergyProfile;
  return SchemaBuilder<Profile>("Energy profiles", "name")
      .scalar("name", &Profile::name, Domain::Identifier, "",
              "How `energy_profile` calls it.")
      .scalar("source", &Profile::source, Domain::Any, "",
              "Where the figures come from.")
      .structures("levels", &Profile::levels, &LevelEnergy::level,
                  makeLevelEnergy(), "One entry for each level.")
      .structures("macs", &Profile::macs, &MacEnergy::type, makeMacEnergy(),
                  "One entry for each element type.")
      .scalar("skipped_mac_pj", &Profile::skippedMacPj, Domain::NonNegative,
              "pJ/multiply-add", "Of one that is skipped.")
      .structure("tasd", &Profile::tasd, makeTasdEnergy(), "Of one TASD unit.")
      .take();
}

static Schema makeKernel() {
  using Kernel = MeasuredKernel;
  constexpr StringRef unit = "cycles";
  return SchemaBuilder<Kernel>("Kernels", "name")
      .scalar("name", &Kernel::name, Domain::Identifier, "",
              "How reports call it.")
      .choice("form", &Kernel::form,
              "How A is read: dense, or packed terms of any of its patterns, "
              "all at once.")
      .choice("reads_windows", &Kernel::readsWindows,
              "Whether B is read through the window of a convolution.")
      .scalar("type", &Kernel::type, Domain::Identifier, "",
              "The element type of A and B, as in MLIR.")
      .scalar("max_columns", &Kernel::maxColumns, Domain::PositiveOrUnlimited,
              "",
              "The most columns it is for; the first kernel that fits "
              "counts.")
      .scalar("call_cycles", &Kernel::callCycles, Domain::NonNegative, unit,
              "Of each call.")
      .scalar("mac_cycles", &Kernel::macCycles, Domain::NonNegative, unit,
              "Of each multiply-add of a stored element.")
      .scalar("a_cycles", &Kernel::aCycles, Domain::NonNegative, unit,
              "Of each stored element of A.")
      .scalar("b_cycles", &Kernel::bCycles, Domain::NonNegative, unit,
              "Of each element of B.")
      .scalar("z_cycles", &Kernel::zCycles, Domain::NonNegative, unit,
              "Of each element of Z.")
      .take();
}

static Schema makeParts() {
  using Parts = MeasuredParts;
  constexpr StringRef unit = "cycles";
  return SchemaBuilder<Parts>("Parts")
      .scalar("call_cycles", &Parts::callCycles, Domain::NonNegative, unit,
              "Of each part.")
      .scalar("gather_cycles", &Parts::gatherCycles, Domain::NonNegative, unit,
              "Of each element of B that is gathered.")
      .scalar("scatter_cycles", &Parts::scatterCycles, Domain::NonNegative,
              unit, "Of each element of Z that is scattered.")
      .scalar("max_count", &Parts::maxCount, Domain::Positive, "",
              "The most parts of a term; terms of more stay dense.")
      .take();
}

static Schema makeMeasured() {
  using Costs = MeasuredCosts;
  return SchemaBuilder<Costs>("Measured costs")
      .structures("kernels", &Costs::kernels, &MeasuredKernel::name,
                  makeKernel(), "What multiplies.")
      .structure("parts", &Costs::parts, makeParts(),
                 "What parts of terms take beside kernels.")
      .take();
}

static Schema makeMachine() {
  return SchemaBuilder<Machine>("Machine")
      .base("The machine that the file changes: keys that it does not name are "
            "as there. Entries of lists of mappings are matched by their first "
            "key, and other lists are replaced.")
      .scalar("name", &Machine::name, Domain::Name, "", "How reports call it.")
      .scalar("description", &Machine::description, Domain::Any, "",
              "One sentence for people.")
      .scalar("clock_ghz", &Machine::clockGHz, Domain::Positive, "GHz",
              "The one clock of the machine.")
      .scalar("dma_latency_cycles", &Machine::dmaLatencyCycles,
              Domain::NonNegative, "cycles",
              "From the request of a move from the outermost level to its "
              "first word.")
      .choice("metadata_power_of_two", &Machine::metadataPowerOfTwo,
              "Whether the bits of a kept element's place are rounded up to a "
              "power of 2.")
      .structures("levels", &Machine::levels, &MemoryLevel::name, makeLevel(),
                  "The memory hierarchy, outermost first.")
      .structure("array", &Machine::array, makeArray(),
                 "The multiply-add units.")
      .structure("a", &Machine::a, makeOperand(),
                 "The operand that may be a series: weights as a rule.")
      .structure("b", &Machine::b, makeOperand(), "The other operand.")
      .structure("series", &Machine::series, makeSeries(),
                 "What series of A may be.")
      .structure("tasd_units", &Machine::tasdUnits, makeTasdUnits(),
                 "The units that extract the terms of A at run time.")
      .scalar("energy_profile", &Machine::energyProfile, Domain::Name, "",
              "The profile in use.")
      .structures("energy_profiles", &Machine::energyProfiles,
                  &EnergyProfile::name, makeEnergyProfile(),
                  "Energies that belong together; never mixed.")
      .optional("measured", &Machine::measured, makeMeasured(),
                "What was measured, in place of costs by levels and lanes; "
                "energies are then not known.")
      .take();
}

const Schema &tasd::machine::getMachineSchema() {
  static const Schema schema = makeMachine();
  return schema;
}
