#!/bin/sh
# SPDX-FileCopyrightText: The Maestro authors
# SPDX-License-Identifier: GPL-3.0-or-later

# keyring.sh SCENARIO PROGRAM [ARGUMENT…]: runs a test beside a keyring of its own, on a bus of its own.
set -eu
scenario=$1
shift
if ! command -v dbus-run-session >/dev/null || ! command -v gnome-keyring-daemon >/dev/null; then
    echo "Skipped: dbus-run-session or gnome-keyring-daemon is not installed."
    exit 77
fi

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache" KEYRING_SCENARIO="$scenario"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS DBUS_STARTER_ADDRESS GNOME_KEYRING_CONTROL XDG_CURRENT_DESKTOP

case $scenario in
no-bus)
    # A bus is looked for in the runtime directory, and started beside a display.
    "$@"
    ;;
dead-bus)
    DBUS_SESSION_BUS_ADDRESS="unix:path=$home/nobody" "$@"
    ;;
no-service | kde)
    # On KDE's desktop, QtKeychain prefers KWallet, and waits for it.
    if [ "$scenario" = kde ]; then
        export XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5
    fi
    cat >"$home/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$home/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
    dbus-run-session --config-file="$home/bus.conf" -- "$@"
    ;;
*)
    # Unlocked before anything asks for it: a keyring that was started by a question has no login
    # collection, and cannot be unlocked any more.
    # shellcheck disable=SC2016 # the inner shell expands it
    dbus-run-session -- sh -c '
        printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        "$@"' sh "$@"
    ;;
esac
