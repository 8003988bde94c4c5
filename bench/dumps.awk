# SPDX-License-Identifier: Apache-2.0
# dumps.awk SIZES ROWS: the table of dumps.sh, medians, and the figures that have a budget. SIZES: name, bytes; ROWS, in
# order of name and wall: name, wall, CPU, KiB; parted by TABs.
BEGIN { FS = "\t" }

FNR == NR { size[$1] = $2; next }

{
    walls[$1, ++count[$1]] = $2
    cpus[$1, count[$1]] = $3
    peak[$1] = $4
    if (count[$1] == 1)
        order[++names] = $1
}

function budget(what, got, least, unit, good) {
    printf "%s: %.2f%s; wanted %s: %s\n", what, got, unit, least, (good ? "kept" : "MISSED")
}

# faster PEER: how much longer it takes than the whole job.
function faster(peer) {
    if (peer in wall)
        budget("whole job of the SQL dump, faster than " peer, wall[peer] / wall["whole job"], "4 or more", " times",
            wall[peer] / wall["whole job"] >= 4)
}

END {
    print "| dump | wall, s | CPU, s | peak, MiB | MB | MB/s | of CSV's bytes a second | of CSV's time |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= names; i++) {
        name = order[i]
        wall[name] = walls[name, int((count[name] + 1) / 2)]
        cpu[name] = cpus[name, int((count[name] + 1) / 2)]
    }
    csv = wall["calls.csv"]
    for (i = 1; i <= names; i++) {
        name = order[i]
        printf "| %s | %.2f | %.2f | %.0f |", name, wall[name], cpu[name], peak[name] / 1024
        if (name in size) {
            rate[name] = size[name] / wall[name] / (size["calls.csv"] / csv)
            printf " %.1f | %.0f | %.2f | %.2f |\n", size[name] / 1e6, size[name] / 1e6 / wall[name], rate[name], wall[name] / csv
        } else
            print "  |  |  |  |"
    }
    print ""
    parts = split("calls.mysql.sql calls.copy.sql calls.jsonl", half, " ")
    for (i = 1; i <= parts; i++)
        if (half[i] in rate)
            budget(half[i], rate[half[i]], "0.50 or more", " of CSV's bytes a second", rate[half[i]] >= 0.5)
    if ("calls.db" in rate)
        budget("calls.db", wall["calls.db"] / csv, "4 or less", " times CSV's time", wall["calls.db"] <= 4 * csv)
    faster("MariaDB, import")
    faster("ClickHouse, whole job")
}
