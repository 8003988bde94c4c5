# SPDX-License-Identifier: Apache-2.0
# table.awk -v calls=N SIZES ROWS: the table of run.sh, and the figures that have
# a budget. SIZES: name, bytes; ROWS: name, wall, CPU, KiB; parted by TABs.
BEGIN {
    FS = "\t"
    title["hash"] = "SHA-256 of calls.csv, median of 3"
    title["export"] = "export, 100 suspects"
    title["verify"] = "(verify, with the hash of calls.csv)"
    title["duckdb"] = "DuckDB"
    title["clickhouse"] = "ClickHouse, embedded"
    title["import"] = "sqlite3 .import, as text"
    parts = split("ingest normalise correlate export", steps, " ")
}

FNR == NR { size[$1] = $2; next }

{
    order[++count] = $1
    wall[$1] = $2
    cpu[$1] = $3
    peak[$1] = $4
}

# add SUM NAME: a step of a sum.
function add(sum, name) {
    wall[sum] += wall[name]
    cpu[sum] += cpu[name]
    if (peak[name] > peak[sum])
        peak[sum] = peak[name]
}

function line(name) {
    printf "| %s | %.2f | %.2f | %.0f | %s | %.2f |\n", (name in title) ? title[name] : name, wall[name], cpu[name],
        peak[name] / 1024, (name in size) ? sprintf("%.1f", size[name] / 1e6) : "", wall[name] / wall["hash"]
}

function budget(what, got, most, unit) {
    printf "%s: %.2f%s; budget %s%s: %s\n", what, got, unit, most, unit, (got <= most ? "kept" : "MISSED")
}

END {
    for (i = 1; i <= parts; i++)
        add("four steps", steps[i])
    add("ingest + normalise", "ingest")
    add("ingest + normalise", "normalise")
    add("four steps and summary", "four steps")
    add("four steps and summary", "summary")
    size["four steps"] = size["four steps and summary"] = size["correlate"]
    size["ingest + normalise"] = size["normalise"]
    print "| step | wall, s | CPU, s | peak, MiB | size, MB | wall, hashes |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= count; i++) {
        line(order[i])
        if (order[i] == "summary") {
            line("ingest + normalise")
            line("four steps")
            line("four steps and summary")
        }
    }
    print ""
    budget("ingest + normalise", wall["ingest + normalise"] / wall["hash"], 3.5, " hashes")
    budget("four steps", wall["four steps"] / wall["hash"], 4.5, " hashes")
    budget("peak memory", peak["four steps"] / 1024 / 1024, 1, " GiB")
    budget("case file, found and understood", size["normalise"] / calls, 40, " bytes a call")
    if ("duckdb" in wall) {
        best = wall["duckdb"] < wall["clickhouse"] ? "duckdb" : "clickhouse"
        faster = wall[best] / wall["four steps and summary"]
        printf "with summary, faster than the better engine, %s: %.2f times; wanted 4.5: %s\n", title[best], faster,
            (faster >= 4.5 ? "kept" : "MISSED")
    }
}
