#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# house.sh [TOP]: whether the rooms of the house keep to their places, as doc/architecture.md says: arrows that go up or
# across, commands that reach two stages, headers of one name, folders and files that are too full, and calls that the
# library must not make. Prints each, a line, and ends with 1 when there is one.
set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/..}" || exit 2

# room FILE: the floor or stage that a file of the library belongs to.
sources=$(find lib cmd -name '*.[ch]' ! -name '*_builtin.c' ! -path lib/number/plan/numplan_tables.c | sort)
# shellcheck disable=SC2086
problems=$(
    # What a room may include besides itself. Stages meet in the case file.
    awk '
    function room(path,   parts) { split(path, parts, "/"); return parts[1] }
    BEGIN {
        may["base"] = " "
        may["number"] = " base "
        may["output"] = " base "
        may["casefile"] = " base "
        stages = " ingest normalise correlate export "
        for (i = split(stages, names, " "); i > 0; i--)
            may[names[i]] = " base number output casefile "
    }
    FNR == 1 { file = FILENAME; sub(/^lib\//, "", file); from = room(file) }
    /^#include "/ {
        split($0, quoted, "\"")
        to = room(quoted[2])
        if (from == "cmd") {
            if (index(stages, " " to " "))
                reached[FILENAME] = index(reached[FILENAME] " ", " " to " ") ? reached[FILENAME] : reached[FILENAME] " " to
        } else if (to != from && !index(may[from], " " to " "))
            printf "%s:%d: %s includes %s\n", FILENAME, FNR, from, quoted[2]
    }
    END {
        for (file in reached)
            if (split(reached[file], list, " ") > 1)
                printf "%s: reaches more than one stage:%s\n", file, reached[file]
    }' $sources | sort

    # An include names the path below lib/, so a name must say which header is meant.
    for file in $sources; do
        case $file in *.h) echo "${file##*/} $file" ;; esac
    done | sort | awk '$1 == last { print $2 ": another header has this name: " path } { last = $1; path = $2 }'

    for folder in $(find lib cmd -type d | sort); do
        files=$(find "$folder" -maxdepth 1 -name '*.[ch]' ! -name '*_builtin.c' ! -name numplan_tables.c | wc -l)
        [ "$files" -le 25 ] || echo "$folder: $files files, where 25 are a room's most"
    done
    wc -l $sources | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines, where 500 are a file'\''s most" }'

    # Two functions that the style does not know, and what belongs to cmd/ alone.
    awk '
    { line = $0; gsub(/"([^"\\]|\\.)*"/, "\"\"", line); sub(/\/\*.*/, "", line) }
    line ~ /^ \*/ { next }
    line ~ /(^|[^a-z0-9_])(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gmtime|localtime|ctime|system|popen|gets|isdigit|isalpha|isspace|toupper|tolower) *\(/ {
        print FILENAME ":" FNR ": a call that the style bans" }
    FILENAME ~ /^lib\// && line ~ /(^|[^a-z0-9_])(printf|fprintf|puts|putchar|perror|exit|_exit|getenv|secure_getenv|time|clock_gettime|setlocale) *\(/ {
        print FILENAME ":" FNR ": the library prints, exits, or reads the environment or the clock" }
    ' $sources
)
[ -z "$problems" ] || {
    printf '%s\n' "$problems"
    exit 1
}
