# Finds LLVM/MLIR 22 and takes over its settings. An installation elsewhere is
# named by -DMLIR_DIR=<prefix>/lib/cmake/mlir.

# Its targets are seen also by a project of which this is a subfolder.
find_package(MLIR REQUIRED CONFIG GLOBAL HINTS /usr/lib/llvm-22/lib/cmake/mlir)
if(NOT LLVM_VERSION_MAJOR EQUAL 22)
  message(FATAL_ERROR "expected LLVM/MLIR 22 but found ${LLVM_PACKAGE_VERSION} in ${MLIR_DIR}")
endif()
message(STATUS "MLIR ${LLVM_PACKAGE_VERSION} in ${MLIR_DIR}")

# Debian installs lit as bin/lit, where LLVM's own CMake looks for bin/llvm-lit.
if(NOT LLVM_EXTERNAL_LIT)
  find_program(TASD_LIT NAMES lit llvm-lit HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH)
  find_program(TASD_LIT NAMES lit llvm-lit)
  if(TASD_LIT)
    set(LLVM_EXTERNAL_LIT "${TASD_LIT}" CACHE FILEPATH "lit")
  endif()
endif()

set(LLVM_RUNTIME_OUTPUT_INTDIR ${PROJECT_BINARY_DIR}/bin)
set(LLVM_LIBRARY_OUTPUT_INTDIR ${PROJECT_BINARY_DIR}/lib)
set(MLIR_BINARY_DIR ${PROJECT_BINARY_DIR})
# Everything from LLVM and MLIR comes from the two shared libraries: one copy of
# their globals in every process, plugins included.
set(MLIR_LINK_MLIR_DYLIB ON)
set(LLVM_LINK_LLVM_DYLIB ON)

list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
find_program(TASD_LLD NAMES ld.lld-22)
if(TASD_LLD AND NOT DEFINED LLVM_USE_LINKER)
  set(LLVM_USE_LINKER lld-22)
endif()
include(TableGen)
include(AddLLVM)
include(AddMLIR)
include(HandleLLVMOptions)

# LLVM_DEFINITIONS is one space-separated string.
separate_arguments(TASD_LLVM_DEFINITIONS NATIVE_COMMAND "${LLVM_DEFINITIONS}")
add_definitions(${TASD_LLVM_DEFINITIONS})
include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
include_directories(${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)

add_compile_options(-Wall -Wextra -Wno-unused-parameter)
if(TASD_ENABLE_ASSERTIONS)
  add_compile_options(-UNDEBUG)
endif()
if(TASD_SANITIZERS)
  list(JOIN TASD_SANITIZERS "," _sanitizers)
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${_sanitizers})
endif()
# The fuzzers are guided by what they reach in our libraries.
if(TASD_ENABLE_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
