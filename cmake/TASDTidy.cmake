# `ninja tidy`: clang-tidy with .clang-tidy over every file of ours that is
# compiled. It reads the precompiled headers, so the same clang has to build.

find_program(TASD_RUN_CLANG_TIDY NAMES run-clang-tidy-22 run-clang-tidy)
if(TASD_RUN_CLANG_TIDY)
  add_custom_target(tidy
    COMMAND ${TASD_RUN_CLANG_TIDY} -quiet -p ${PROJECT_BINARY_DIR}
            "^${PROJECT_SOURCE_DIR}/(lib|tools|unittests|benchmarks)/"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DEPENDS tasd-headers TASDPrecompiled
    USES_TERMINAL VERBATIM)
endif()
