# The threads of programs that are compiled for several: LLVM's OpenMP runtime, or
# none. Sets TASD_OPENMP, and TASD_HAS_OPENMP to 1 or 0.
option(TASD_ENABLE_OPENMP "Run programs on several threads, where libomp is installed" ON)

# The runtime alone is needed, not its headers.
find_library(TASD_OPENMP NAMES omp libomp.so.5)
set(TASD_HAS_OPENMP 0)
if(TASD_ENABLE_OPENMP AND TASD_OPENMP)
  set(TASD_HAS_OPENMP 1)
  message(STATUS "OpenMP: ${TASD_OPENMP}")
elseif(TASD_ENABLE_OPENMP)
  message(STATUS "OpenMP: libomp not found (Debian: libomp5-14); programs of several "
    "threads will be errors")
else()
  message(STATUS "OpenMP: none, as TASD_ENABLE_OPENMP is off")
endif()
