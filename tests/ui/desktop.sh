#!/bin/sh
# SPDX-FileCopyrightText: The Maestro authors
# SPDX-License-Identifier: GPL-3.0-or-later

# desktop.sh PROGRAM [ARGUMENT…]: runs a test on a display, a session bus and an accessibility bus of
# its own.
set -eu
if ! command -v dbus-run-session >/dev/null || ! command -v Xvfb >/dev/null; then
    echo "Skipped: dbus-run-session or Xvfb is not installed."
    exit 77
fi
if [ ! -e /usr/share/dbus-1/services/org.a11y.Bus.service ]; then
    echo "Skipped: at-spi2-core is not installed."
    exit 77
fi

home=$(mktemp -d)
mkdir -m 700 "$home/run"
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS QT_QPA_PLATFORM

mkfifo "$home/display"
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$home/display" >/dev/null 2>&1 &
server=$!
trap 'kill "$server"; rm -rf "$home"' EXIT
DISPLAY=:$(head -n 1 "$home/display")
export DISPLAY
dbus-run-session -- "$@"
