# What `cmake --install` puts where, and the CMake package TASD made of it.
#
# Components of the installation, each of which is one of the package too:
#   Development  headers, .td files, archives, the package's own files
#   Runtime      shared objects that other programs load
#   Tools        programs, documentation
# The package has one more, Evaluation, for the archive that needs libzip.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TASD_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/TASD)
# LLVM's libraries stand in a folder of their own.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

# tasd_install(TARGET COMPONENT): makes the target part of the package's
# component, as TASD::NAME, where NAME is the target's less the prefix TASD.
function(tasd_install target component)
  string(REGEX REPLACE "^TASD" "" name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL EXECUTABLE)
    add_executable(TASD::${name} ALIAS ${target})
  elseif(NOT type STREQUAL MODULE_LIBRARY)
    add_library(TASD::${name} ALIAS ${target})
  endif()
  if(TASD_ENABLE_INSTALL)
    install(TARGETS ${target} EXPORT TASD${component}Targets
      ARCHIVE COMPONENT Development
      LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime
              NAMELINK_COMPONENT Development
      RUNTIME COMPONENT Tools)
    set_property(GLOBAL APPEND PROPERTY TASD_COMPONENTS ${component})
  endif()
endfunction()

# tasd_set_includes(TARGET): where a target that links this one finds headers, in
# this build, in one that has it as a subfolder, and from an installation.
function(tasd_set_includes target)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(${target} SYSTEM INTERFACE
    "$<BUILD_INTERFACE:${MLIR_INCLUDE_DIRS};${LLVM_INCLUDE_DIRS}>")
endfunction()

# tasd_set_interface(TARGET): all that a target that links this one compiles with.
function(tasd_set_interface target)
  tasd_set_includes(${target})
  target_compile_features(${target} PUBLIC cxx_std_17)
endfunction()

# tasd_install_package(): the files that belong to no target; to be called once
# all targets are there.
function(tasd_install_package)
  install(DIRECTORY include/ ${PROJECT_BINARY_DIR}/include/
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT Development
    FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.h.inc"
    PATTERN CMakeFiles EXCLUDE)
  install(FILES README.md LICENSE CHANGELOG.md
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Tools)
  # `ninja docs` writes them, the references of dialects and passes included.
  install(DIRECTORY ${PROJECT_BINARY_DIR}/docs
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT Tools OPTIONAL)

  get_property(components GLOBAL PROPERTY TASD_COMPONENTS)
  list(REMOVE_DUPLICATES components)
  foreach(component IN LISTS components)
    set(part ${component})
    if(component STREQUAL Evaluation)
      set(part Development)
    endif()
    install(EXPORT TASD${component}Targets NAMESPACE TASD::
      DESTINATION ${TASD_PACKAGE_DIR} COMPONENT ${part})
  endforeach()
  get_property(libraries GLOBAL PROPERTY TASD_LIBRARIES)
  list(TRANSFORM libraries REPLACE "^TASD" "")
  list(JOIN libraries " " TASD_LIBRARY_NAMES)
  # In a folder where find_package does not take it for an installation.
  set(made ${PROJECT_BINARY_DIR}/package-files)
  configure_package_config_file(cmake/TASDConfig.cmake.in
    ${made}/TASDConfig.cmake INSTALL_DESTINATION ${TASD_PACKAGE_DIR})
  write_basic_package_version_file(${made}/TASDConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${made}/TASDConfig.cmake ${made}/TASDConfigVersion.cmake
    cmake/FindLibzip.cmake
    DESTINATION ${TASD_PACKAGE_DIR} COMPONENT Development)
endfunction()
