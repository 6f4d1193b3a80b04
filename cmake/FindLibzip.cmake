# Finds libzip, as the target libzip::zip. Debian's own libzip-config.cmake insists
# on programs of other packages.

include(FindPackageHandleStandardArgs)
find_path(TASD_LIBZIP_INCLUDE_DIR zip.h)
find_library(TASD_LIBZIP_LIBRARY zip)
mark_as_advanced(TASD_LIBZIP_INCLUDE_DIR TASD_LIBZIP_LIBRARY)
find_package_handle_standard_args(Libzip
  REQUIRED_VARS TASD_LIBZIP_LIBRARY TASD_LIBZIP_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "on Debian it is in libzip-dev")
if(Libzip_FOUND AND NOT TARGET libzip::zip)
  add_library(libzip::zip UNKNOWN IMPORTED)
  set_target_properties(libzip::zip PROPERTIES
    IMPORTED_LOCATION "${TASD_LIBZIP_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${TASD_LIBZIP_INCLUDE_DIR}")
endif()
