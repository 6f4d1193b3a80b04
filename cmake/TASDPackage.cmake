# `cpack -G TGZ` makes one archive of all that is installed; `cpack -G DEB` makes two
# Debian packages: tasd to compile with, tasd-dev to build other compilers with.

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME tasd)
set(CPACK_PACKAGE_VENDOR "The tasd project")
set(CPACK_PACKAGE_CONTACT "The tasd project <tasd@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL Runtime Tools Development)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_TASD_PACKAGE_NAME tasd)
# By hand: dpkg-shlibdeps takes libLLVM for the link to it in LLVM's folder, which
# no package answers for. The library of MLIR asks for a C and C++ library that
# are recent enough.
set(CPACK_DEBIAN_TASD_PACKAGE_DEPENDS
  "libc6, libgcc-s1, libllvm${LLVM_VERSION_MAJOR}, libmlir-${LLVM_VERSION_MAJOR} (>= 1:${LLVM_PACKAGE_VERSION}), libstdc++6, libzip4")
if(TASD_HAS_BLAS)
  string(APPEND CPACK_DEBIAN_TASD_PACKAGE_DEPENDS ", libopenblas0")
endif()
if(TASD_HAS_OPENMP)
  string(APPEND CPACK_DEBIAN_TASD_PACKAGE_DEPENDS ", libomp5-14")
endif()
set(CPACK_DEBIAN_TASD_PACKAGE_SUGGESTS "mlir-${LLVM_VERSION_MAJOR}-tools")
set(CPACK_DEBIAN_DEV_PACKAGE_NAME tasd-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "llvm-${LLVM_VERSION_MAJOR}-dev, libmlir-${LLVM_VERSION_MAJOR}-dev, mlir-${LLVM_VERSION_MAJOR}-tools, tasd (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS libzip-dev)

include(CPack)
cpack_add_component(Runtime GROUP tasd)
cpack_add_component(Tools GROUP tasd)
cpack_add_component(Development GROUP dev)
