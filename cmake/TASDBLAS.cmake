# The dense BLAS that compiled programs call where they are asked to: OpenBLAS, or
# none. Sets TASD_OPENBLAS and TASD_OPENBLAS_INCLUDE, and TASD_HAS_BLAS to 1 or 0.
option(TASD_ENABLE_BLAS "Call OpenBLAS from compiled programs, where it is installed" ON)

find_library(TASD_OPENBLAS openblas)
find_path(TASD_OPENBLAS_INCLUDE cblas-openblas.h)
set(TASD_HAS_BLAS 0)
if(TASD_ENABLE_BLAS AND TASD_OPENBLAS AND TASD_OPENBLAS_INCLUDE)
  set(TASD_HAS_BLAS 1)
  message(STATUS "Dense BLAS: ${TASD_OPENBLAS}")
elseif(TASD_ENABLE_BLAS)
  message(STATUS "Dense BLAS: OpenBLAS not found (Debian: libopenblas-dev); pipelines "
    "with dense=blas will be errors")
else()
  message(STATUS "Dense BLAS: none, as TASD_ENABLE_BLAS is off")
endif()
