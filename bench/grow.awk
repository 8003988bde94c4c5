# SPDX-License-Identifier: Apache-2.0
# grow.awk SCALES ROWS: the table of grow.sh. SCALES: scale, and as a number; ROWS:
# scale, name, wall, CPU, KiB; parted by TABs.
BEGIN {
    FS = "\t"
    split("ingest normalise correlate export", names, " ")
    for (i in names)
        step[names[i]] = 1
}

FNR == NR {
    scale[++scales] = $1
    rows[$1] = $2 * 70
    next
}

$2 == "hash" || $2 == "summary" || ($2 in step) { note($2) }
$2 in step { note("four steps") }

function note(name) {
    if (!(name in seen)) {
        seen[name] = 1
        order[++count] = name
    }
    wall[name, $1] += $3
    if ($5 > peak[name, $1])
        peak[name, $1] = $5
}

function head(    i) {
    printf "| step |"
    for (i = 1; i <= scales; i++)
        printf " %.2f M: s | MiB |", rows[scale[i]]
    for (i = 2; i <= scales; i++)
        printf " time, %.2f to %.2f M | memory |", rows[scale[i - 1]], rows[scale[i]]
    printf "\n|---|"
    for (i = 2; i <= scales * 2; i++)
        printf "---|---|"
    print ""
}

function line(name,    i) {
    printf "| %s |", name
    for (i = 1; i <= scales; i++)
        printf " %.2f | %.0f |", wall[name, scale[i]], peak[name, scale[i]] / 1024
    for (i = 2; i <= scales; i++)
        printf " × %.2f | × %.2f |", grows(wall, name, i), grows(peak, name, i)
    print ""
}

# From one scale to the next.
function grows(figures, name, i) {
    return figures[name, scale[i]] / (figures[name, scale[i - 1]] + 1e-9)
}

END {
    head()
    for (n = 1; n <= count; n++)
        if (order[n] != "four steps")
            line(order[n])
    line("four steps")
    if (scales < 2)
        exit
    print ""
    times = grows(wall, "four steps", scales)
    bytes = grows(peak, "four steps", scales)
    more = rows[scale[scales]] / rows[scale[scales - 1]]
    printf "time of the four steps: × %.2f for × %.2f rows; wanted %.2f to %.2f: %s\n", times, more, more * 0.9, more * 1.1,
        (times >= more * 0.9 && times <= more * 1.1 ? "kept" : "MISSED")
    printf "peak memory: × %.2f; wanted 0.75 to 1.25: %s\n", bytes, (bytes >= 0.75 && bytes <= 1.25 ? "kept" : "MISSED")
}
