#!/bin/sh
# Prints the path of a Chromium for the browser tests and the pictures. Where there is none and this is Debian
# or Ubuntu run by root, installs the system's. Prints nothing, and says so loudly on standard error, otherwise.
find_one() {
    for name in "$TADBIR_CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
    done
    return 1
}
find_one && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium here: installing the system's (once)" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } \
        >/dev/null 2>&1
    find_one && exit 0
fi
{
    echo "*********************************************************************************"
    echo "*  NO CHROMIUM FOUND: the browser tests (pages, keyboard, axe) WILL NOT RUN.      *"
    echo "*  Install one (Debian: apt-get install chromium) or set TADBIR_CHROMIUM.        *"
    echo "*********************************************************************************"
} >&2
exit 0
