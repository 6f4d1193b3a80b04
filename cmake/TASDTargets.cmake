# Target helpers. A library's link list is its place in the dependency table of
# docs/Architecture.md; test/utils/check-layering.test holds the includes against it.

function(_tasd_publish_library name component)
  if(NOT component)
    set(component Development)
  endif()
  tasd_set_interface(${name})
  tasd_install(${name} ${component})
  set_property(GLOBAL APPEND PROPERTY TASD_LIBRARIES ${name})
endfunction()

# tasd_add_library(NAME sources... [LINK libs...] [COMPONENT component])
# A library that knows no MLIR: LLVM Support only. Of the CMake package it is in
# the component Development, unless said otherwise.
function(tasd_add_library name)
  cmake_parse_arguments(ARG "" "COMPONENT" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} LLVM)
  llvm_update_compile_flags(${name})
  _tasd_publish_library(${name} "${ARG_COMPONENT}")
endfunction()

# tasd_add_mlir_library(NAME sources... [LINK libs...] [DEPENDS targets...]
#                       [COMPONENT component])
# A library on top of MLIR; its headers come precompiled.
function(tasd_add_mlir_library name)
  cmake_parse_arguments(ARG "" "COMPONENT" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} MLIR LLVM)
  llvm_update_compile_flags(${name})
  target_precompile_headers(${name} REUSE_FROM TASDPrecompiled)
  add_dependencies(${name} tasd-headers)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  _tasd_publish_library(${name} "${ARG_COMPONENT}")
endfunction()

# tasd_add_tool(NAME sources... [LINK libs...] [INTERNAL])
# A program in bin, which knows its TASD_VERSION; installed, unless it serves only
# this project.
function(tasd_add_tool name)
  cmake_parse_arguments(ARG "INTERNAL" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} MLIR LLVM)
  target_compile_definitions(${name} PRIVATE TASD_VERSION="${PROJECT_VERSION}")
  llvm_update_compile_flags(${name})
  # As the precompiled header was compiled: not as position-independent executable.
  target_compile_options(${name} PRIVATE -fPIC)
  target_precompile_headers(${name} REUSE_FROM TASDPrecompiled)
  add_dependencies(${name} tasd-headers)
  if(NOT ARG_INTERNAL)
    tasd_install(${name} Tools)
  endif()
  set_property(GLOBAL APPEND PROPERTY TASD_TOOLS ${name})
endfunction()

# tasd_add_plugin(NAME sources... [LINK libs...]): a shared object lib/NAME.so for
# a process that has libMLIR already. Of our libraries it shows no symbol: another
# copy of them, in the program that loads it, stays apart.
function(tasd_add_plugin name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} MODULE ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} MLIR LLVM)
  target_link_options(${name} PRIVATE LINKER:--exclude-libs,ALL)
  llvm_update_compile_flags(${name})
  target_precompile_headers(${name} REUSE_FROM TASDPrecompiled)
  add_dependencies(${name} tasd-headers)
  set_target_properties(${name} PROPERTIES PREFIX "")
  tasd_install(${name} Runtime)
  set_property(GLOBAL APPEND PROPERTY TASD_TOOLS ${name})
endfunction()

# tasd_add_capi_library(NAME sources... [LINK libs...]): the C API as a shared
# object, and MLIR's own, of which distributions have static archives alone: they
# are taken in whole, and the rest of MLIR from its shared object, as everywhere.
# Nothing but C functions is exported, so that it keeps apart from other copies of
# our libraries.
function(tasd_add_capi_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  set(archives ${MLIR_EXPORTED_TARGETS})
  list(FILTER archives INCLUDE REGEX "^MLIRCAPI")
  list(TRANSFORM archives REPLACE "(.+)" "$<TARGET_FILE:\\1>")
  set(exports ${CMAKE_CURRENT_SOURCE_DIR}/${name}.exports)
  add_library(${name} SHARED ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} MLIR LLVM)
  target_link_options(${name} PRIVATE
    LINKER:--whole-archive ${archives} LINKER:--no-whole-archive
    LINKER:--version-script=${exports}
    # Functions of the sanitizers are in the program.
    $<$<BOOL:${TASD_SANITIZERS}>:LINKER:-z,undefs>)
  set_target_properties(${name} PROPERTIES
    LINK_DEPENDS ${exports}
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  llvm_update_compile_flags(${name})
  target_precompile_headers(${name} REUSE_FROM TASDPrecompiled)
  add_dependencies(${name} tasd-headers)
  # Of C++ those who link it know nothing.
  tasd_set_includes(${name})
  tasd_install(${name} Runtime)
  set_property(GLOBAL APPEND PROPERTY TASD_LIBRARIES ${name})
endfunction()

# tasd_add_unittest(NAMETests sources... [LINK libs...]): a GoogleTest program in
# bin/unittests, part of check-tasd. lit finds it by the end of its name.
function(tasd_add_unittest name)
  if(NOT name MATCHES "Tests$")
    message(FATAL_ERROR "expected a unit test's name to end in Tests but got ${name}")
  endif()
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} LLVM GTest::gtest GTest::gtest_main)
  llvm_update_compile_flags(${name})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin/unittests)
  set_property(GLOBAL APPEND PROPERTY TASD_UNITTESTS ${name})
endfunction()

# tasd_add_benchmark(NAME sources... [LINK libs...]): a Google Benchmark program
# in bin/benchmarks.
function(tasd_add_benchmark name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} LLVM benchmark::benchmark)
  llvm_update_compile_flags(${name})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin/benchmarks)
endfunction()

# tasd_add_fuzzer(NAME sources... [LINK libs...]): a libFuzzer program in
# bin/fuzzers.
function(tasd_add_fuzzer name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} LLVM)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  llvm_update_compile_flags(${name})
  add_dependencies(${name} tasd-headers)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin/fuzzers)
  set_property(GLOBAL APPEND PROPERTY TASD_FUZZERS ${name})
endfunction()
