#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what unspoof is built with on Debian and Ubuntu; elsewhere lists it.
# With --tests, also what the tests use; with --long, also the servers of tests/long.sh.
set -eu

build='autoconf automake pkg-config make gcc libc6-dev libsqlite3-dev libcsv-dev
libpcre2-dev libarchive-dev libxml2-dev libssl-dev'
tests='clang libclang-rt-dev valgrind mandoc sqlite3 python3 strace tzdata bzip2 xz-utils zstd git ca-certificates
g++ libphonenumber-dev libprotobuf-dev zip unzip libarchive-tools 7zip'
servers='mariadb-server-core mariadb-client postgresql'

packages=$build
case ${1:-} in
--tests) packages="$build $tests" ;;
--long) packages="$build $tests $servers" ;;
esac

missing() {
    for package in $packages; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
            grep -q 'install ok installed' || echo "$package"
    done
}

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    cat >&2 <<'TEXT'
This is not Debian or Ubuntu. unspoof needs a C11 compiler, make, autoconf,
automake, pkg-config and the headers of SQLite (3.37 or later), libcsv, PCRE2,
libarchive, libxml2 and libcrypto (OpenSSL); its tests also clang, valgrind, mandoc and
the sqlite3 shell, python3, and libphonenumber for C++ to compare with.
TEXT
    exit 0
fi

wanted=$(missing)
[ -n "$wanted" ] || exit 0
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Missing:" $wanted >&2
        echo "Install them as root: apt-get install" $wanted >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing:" $wanted >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
