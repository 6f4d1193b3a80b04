# What mlir-tblgen makes of the definitions of passes.

# Whether passes count what their definitions say with this LLVM. Where it was
# built without statistics ours count themselves; tasd/Pass/Statistics.h tells why.
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_INCLUDES ${LLVM_INCLUDE_DIRS})
check_cxx_source_compiles("
  #include <llvm/Config/llvm-config.h>
  static_assert(LLVM_FORCE_ENABLE_STATS, \"\");
  int main() {}" TASD_LLVM_FORCES_STATISTICS)
unset(CMAKE_REQUIRED_INCLUDES)
if(LLVM_ENABLE_ASSERTIONS OR TASD_LLVM_FORCES_STATISTICS)
  set(TASD_LLVM_HAS_STATISTICS ON)
else()
  set(TASD_LLVM_HAS_STATISTICS OFF)
endif()

# tasd_generate_passes(FOLDER NAME): Passes.h.inc from FOLDER/Passes.td, with the
# registration register<NAME>Passes.
function(tasd_generate_passes folder name)
  set(LLVM_TARGET_DEFINITIONS ${folder}/Passes.td)
  if(TASD_LLVM_HAS_STATISTICS)
    mlir_tablegen(${folder}/Passes.h.inc -gen-pass-decls -name ${name})
  else()
    mlir_tablegen(${folder}/Passes.upstream.inc -gen-pass-decls -name ${name})
    set(upstream ${CMAKE_CURRENT_BINARY_DIR}/${folder}/Passes.upstream.inc)
    set(ours ${CMAKE_CURRENT_BINARY_DIR}/${folder}/Passes.h.inc)
    set(script ${PROJECT_SOURCE_DIR}/cmake/ReplaceStatistics.cmake)
    add_custom_command(OUTPUT ${ours}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${upstream} -DOUTPUT=${ours} -P ${script}
      DEPENDS ${upstream} ${script} VERBATIM)
    list(APPEND TABLEGEN_OUTPUT ${ours})
  endif()
  add_public_tablegen_target(TASD${name}PassesIncGen)
  add_dependencies(tasd-headers TASD${name}PassesIncGen)
endfunction()
