# SPDX-FileCopyrightText: The Maestro authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034 # the lists are for ../run and ../test

# What Maestro needs of Debian 12, Debian 13 and Ubuntu 24.04, and how ./run and ./test get it.
# One package a line, "name: why"; "a|b" takes what is installed, else what this system offers first.

build_packages="
cmake: makes the build
ninja-build: runs the build
g++: compiles
ccache: compiles nothing twice
qt6-base-dev: Qt's core, network and widgets
qt6-base-dev-tools: Qt's code generators
libgl-dev: Qt's widgets are built against OpenGL
qt6-networkauth-dev: OAuth 2.0
libqt6sql6-sqlite: keeps the sealed sign-ins
libssl-dev: seals them (AES-256-GCM, scrypt)
qtkeychain-qt6-dev: keeps their key in the system keyring
libmd4c-dev: reads markdown
libsimdjson-dev: reads the many small events of an answer
libkf6syntaxhighlighting-dev|libsource-highlight-dev: colours code
qt6-svg-dev|libqt6svg6-dev: icons
qt6-wayland: windows on Wayland
ca-certificates: knows the providers' certificates
xdg-utils: opens the browser
"

test_packages="
libbenchmark-dev: the benchmarks
clang: compiles the fuzz targets
libclang-rt-dev|libclang-rt-18-dev: runs them
openssl: makes certificates for the tests of the connection check
dbus-daemon: a session bus for the tests of the keyring
gnome-keyring: a keyring for them
strace: follows what the transcript opens
at-spi2-core: reads an answer aloud to the tests
xvfb: a display for the tests of the window
chromium|google-chrome-stable|chromium-browser: the browser that signs in
appstream: checks the metainfo
desktop-file-utils: checks the desktop entry
mandoc: checks the manual pages
"

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Prints what of a list is missing, a line each as in the list.
missing_of() {
    local names why name
    while IFS=: read -r names why; do
        [ -n "$names" ] || continue
        for name in ${names//|/ }; do
            if is_installed "$name"; then
                continue 2
            fi
        done
        printf '%s:%s\n' "$names" "$why"
    done <<<"$1"
}

# The first of "a|b" that this system has; a itself if it has none, for apt-get to complain about.
offered_of() {
    local name policy
    for name in ${1//|/ }; do
        policy=$(apt-cache policy "$name" 2>/dev/null)
        if [[ $policy =~ Candidate:\ [^\(] ]]; then
            printf '%s\n' "$name"
            return
        fi
    done
    printf '%s\n' "${1%%|*}"
}

# install_missing LIST: installs what is missing, saying what and why. Nothing missing: says nothing.
install_missing() {
    local missing names why name
    local -a chosen=()
    missing=$(missing_of "$1")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        printf 'This system has no apt-get. Please install what stands for these Debian packages:\n%s\n' \
            "$missing" >&2
        return 1
    fi
    # A list that cannot be had is no reason to stop: what is needed may be in the others.
    as_root apt-get update --quiet=2 </dev/null || printf 'Going on with the package lists that are here.\n'
    printf 'Installing what is missing:\n'
    while IFS=: read -r names why; do
        name=$(offered_of "$names")
        chosen+=("$name")
        printf '  %-22s%s\n' "$name" "$why"
    done <<<"$missing"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet=2 --no-install-recommends "${chosen[@]}" </dev/null
}

# install_node: npm, for the peers. Node itself comes with them, in the version their lock names.
install_node() {
    if ! command -v npm >/dev/null; then
        install_missing "npm: installs the peers of the tests"
    fi
}

# build_dev TARGET…: configures if that has not been done, and builds with all cores.
build_dev() {
    if [ ! -f build/dev/build.ninja ]; then
        cmake --preset dev
    fi
    cmake --build --preset dev --parallel "$(nproc)" --target "$@"
}

# build_fuzz: the fuzz targets, in a build of their own.
build_fuzz() {
    if [ ! -f build/fuzz/build.ninja ]; then
        cmake --preset fuzz
    fi
    cmake --build --preset fuzz --parallel "$(nproc)"
}
