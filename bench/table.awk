# SPDX-License-Identifier: Apache-2.0
# table.awk -v calls=N -v level=LEVEL SIZES ROWS QUESTIONS: the tables of run.sh, and the figures that have
# a budget. SIZES: name, bytes; ROWS: name, wall, CPU, KiB; QUESTIONS: the same and segments read; parted by TABs.
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

FILENAME == "questions" {
    question[++questions] = $1
    wall[$1] = $2
    cpu[$1] = $3
    peak[$1] = $4
    read[$1] = $5
    next
}

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

# Of narrow questions the slowest counts, of scans each.
function ask(    i, name, slowest) {
    print ""
    print "| question | wall, s | CPU, s | peak, MiB | segments read | million calls a second |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= questions; i++) {
        name = question[i]
        printf "| %s | %.2f | %.2f | %.0f | %s | %s |\n", name, wall[name], cpu[name], peak[name] / 1024, read[name],
            (name ~ /^scan/ && wall[name] > 0) ? sprintf("%.1f", calls / wall[name] / 1e6) : ""
        if (name ~ /^narrow/ && wall[name] >= wall[slowest])
            slowest = name
    }
    print ""
    if (slowest != "")
        budget(slowest ", the slowest of the narrow questions", wall[slowest], 1, " s")
    for (i = 1; i <= questions; i++)
        if (question[i] ~ /^scan/)
            at_least(question[i], calls / 1e6 / (wall[question[i]] > 0 ? wall[question[i]] : 1e-9), 10, " million calls a second")
}

function at_least(what, got, least, unit) {
    printf "%s: %.2f%s; wanted %s: %s\n", what, got, unit, least, (got >= least ? "kept" : "MISSED")
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
    if (questions)
        ask()
    print ""
    # Processors without AVX2 have no budget of time.
    if (level == "avx2" || level == "avx512") {
        budget("ingest + normalise", wall["ingest + normalise"] / wall["hash"], (level == "avx512" ? 2.5 : 3.5), " hashes")
        budget("four steps", wall["four steps"] / wall["hash"], (level == "avx512" ? 3.5 : 4.5), " hashes")
    }
    budget("verify", wall["verify"] / wall["hash"], 2, " hashes")
    budget("peak memory", peak["four steps"] / 1024 / 1024, 1, " GiB")
    budget("case file, found and understood", size["normalise"] / calls, 30, " bytes a call")
    if ("duckdb" in wall) {
        best = wall["duckdb"] < wall["clickhouse"] ? "duckdb" : "clickhouse"
        faster = wall[best] / wall["four steps and summary"]
        at_least("with summary, faster than the better engine, " title[best], faster, 9, " times")
    }
}
