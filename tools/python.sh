#!/bin/sh
# Prints the Python that makes the environment: 3.11 or newer, with the venv module. Fails with a clear message.
for name in python3.13 python3.12 python3.11 python3.14 python3 python; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if "$path" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$path"
        exit 0
    fi
    found="$found $path"
done
{
    echo "Tadbir needs Python 3.11 or newer with its venv module, and found none that fits."
    echo "Looked at:${found:- nothing called python3}."
    echo "On Debian or Ubuntu: apt-get install python3 python3-venv. Or name one: make env PYTHON=/path/to/python3.12"
} >&2
exit 1
