#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is found does not depend on how many threads look: profiles with patterns, widths, legs and several columns for a role,
# against what awk, which made the rows, says that they hold.
. "${srcdir:-.}/tests/lib.sh"

# found CASE: all tables, but the runs.
found() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run '; }

# agree NAME OPTIONS SOURCE SQL: the rows of a source on 1, 2, 3 and 8 threads are those of the file wanted.
agree() {
    for n in $(extent '1 3 8' '1 2 3 8'); do
        rm -f $n.case
        # shellcheck disable=SC2086
        try "$unspoof" ingest -q $2 --threads $n $n.case "$3"
        status_is 0 "$1: --threads $n"
        found $n.case >$n.sql
        [ $n = 1 ] || same "$1: --threads $n finds the same as one thread" 1.sql $n.sql
        "$unspoof" query -q -f tsv $n.case "$4" >got
        same "$1: --threads $n finds what the rows hold" wanted got
        # What follows has its threads too.
        for step in normalise correlate; do
            try "$unspoof" $step -q --threads $n $n.case
            status_is 0 "$1: $step --threads $n"
        done
        found $n.case >$n.all
        [ $n = 1 ] || same "$1: normalise and correlate with --threads $n make the same as with one thread" 1.all $n.all
        try "$unspoof" verify -q $n.case
        status_is 0 "$1: --threads $n verifies"
        rm $n.case
    done
    rm -f [1238].sql [1238].all got wanted
}

calls='SELECT line, offset, length, call_id, account, presented, dialled, status FROM call
    UNION ALL SELECT line, offset, length, NULL, NULL, NULL, role, value FROM reject ORDER BY line'

# Asterisk, by the profile that is part of the program: nearly every number stands behind a trunk, at a place of its own.
awk 'BEGIN {
    print "line\toffset\tlength\tcall_id\taccount\tpresented\tdialled\tstatus" >"wanted"
    line = 1
    offset = 0
    for (i = 0; i < 60000; i++) {
        number = sprintf("44770090%04d", i % 10000)
        if (i % 3 == 0) number = substr("0000", 1, i % 5) substr(number, 3)
        trunk = "trunk" substr("xxxxxxxxxxxxxxxxxxxxxxx", 1, i % 23)
        asked = i % 7 ? "s" : i % 2 ? "h" : "07700900" i % 1000
        dialled = length(asked) > 1 ? asked : i % 31 == 0 ? asked : number
        data = i % 31 == 0 ? "Console/dsp" : i % 2 ? "SIP/" trunk "/" number ",30" : "PJSIP/" number "@" trunk
        day = i % 997 == 0 ? "31" : "01"
        row = sprintf("\"acc%d\",\"442079460%03d\",\"%s\",\"ctx\",\"\"\"x%s\"\" <442079460101>\",\"SIP/a-1\",\"SIP/b-2\",\"Dial\",\"%s\",\"2022-02-%s 00:00:00\",,,120,115,\"ANSWERED\",\"BILLING\"",
            i % 100, i % 1000, asked, i % 503 ? "" : "\n", data, day)
        id = sprintf("1648342%03d.%d", i % 1000, i)
        width = i % 6
        if (width == 1) row = row ",\"" (i % 4 == 3 ? "user " i : id) "\""
        if (width == 2) row = row ",\"" id "\",\"\""
        if (width == 3) row = row ",1,\"" id "\",3"
        if (width == 4) row = row ",1,2,\"" id "\",4"
        if (width == 5) row = row ",1,2,3,\"" id "\"" (i % 1000 == 5 ? ",6,7" : ",6")
        if (width == 0 || width == 1 && i % 4 == 3) id = ""
        bytes = length(row) + 1
        tall = i % 503 == 0
        if (width == 5 && i % 1000 == 5 || day == "31") {
            whole = width == 5 && i % 1000 == 5
            # A row that is refused is its first line; what else it has is read again.
            first = tall ? index(row, "\n") : bytes
            printf "%d\t%d\t%d\t\t\t\t%s\t%s\n", line, offset, first, whole ? "" : "started", whole ? "" : "2022-02-31 00:00:00" >"wanted"
            if (tall) printf "%d\t%d\t%d\t\t\t\t\t\n", line + 1, offset + first, bytes - first >"wanted"
        } else
            printf "%d\t%d\t%d\t%s\tacc%d\t442079460%03d\t%s\tANSWERED\n", line, offset, bytes, id, i % 100, i % 1000, dialled >"wanted"
        print row
        line += 1 + tall
        offset += bytes
    }
}' >Master.csv
agree Asterisk '' Master.csv "$calls"
rm Master.csv

# All that a profile can say of calls. A status that takes a pattern without end is no row.
cat >all.profile <<'END'
name all
about every line that a profile of calls can have
kind call
header no
separator semicolon
widths 6-9
role started 1
role account 2
role presented 3 when 4 /^(a+)+$/
role presented 7 width 7
role presented 5 width 8-9
role presented 3
role dialled 4
role status 4 width 6-7 when 4 /^[0-9]/
role call_id 8 width 8
role call_id 9 width 9 when 8 /^(?:leg|part) (\d)$/
role call_id 2 width 9
legs call_id width 9
role presented_name 6 when 6 /^(?=.*")/
fallback dialled /^$/ 6 /trunk\/([0-9]+)/
fallback dialled /^a/ 6 /(x)?tr(u)(n)(k)\/[0-9]{3}\K[0-9]+/
fallback presented /^-(.*)-$/ 3 /([0-9]{2})$/
END
awk 'BEGIN {
    print "line\toffset\tlength\tcall_id\taccount\tpresented\tdialled\tstatus" >"wanted"
    offset = 0
    for (i = 0; i < 60000; i++) {
        number = sprintf("7700900%03d%s", i % 1000, substr("12345678", 1, i % 9))
        third = sprintf("2079460%03d", i * 7 % 1000)
        fourth = i % 5 == 0 ? "" : i % 5 == 1 ? substr("aaaaaaaaaaaa", 1, 1 + i % 12) : i % 5 == 2 ? "b" number : "0" number
        if (i % 5000 == 11) fourth = substr("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1, 40) "!"
        sixth = substr("................................", 1, i % 29) "trunk/" number
        seventh = i % 2 ? "-" i "-" : "s" i
        width = 6 + i % 4
        row = "2022-02-01 00:00:00;u" i % 50 ";" third ";" fourth ";f" i ";" sixth
        if (width > 6) row = row ";" seventh
        if (width > 7) row = row ";" (width == 9 && i % 3 == 0 ? "leg " i % 10 : "c" i)
        if (width > 8) row = row ";n" i
        presented = fourth ~ /^a+$/ ? third : width == 7 ? seventh : width > 7 ? "f" i : third
        if (presented ~ /^-.*-$/) presented = substr(third, length(third) - 1)
        dialled = fourth == "" ? number : fourth ~ /^a/ ? substr(number, 4) : fourth
        # Without a group 1 the value is the whole match, which begins at \K.
        id = width == 8 ? "c" i : width == 9 ? (i % 3 == 0 ? "n" i : "u" i % 50) : ""
        bytes = length(row) + 1
        if (fourth ~ /!/) printf "%d\t%d\t%d\t\t\t\t\t\n", i + 1, offset, bytes >"wanted"
        else printf "%d\t%d\t%d\t%s\tu%d\t%s\t%s\t%s\n", i + 1, offset, bytes, id, i % 50, presented, dialled,
            width < 8 && fourth ~ /^[0-9]/ ? fourth : "" >"wanted"
        print row
        offset += bytes
    }
}' >all.csv
agree 'every line' '-p ./all.profile' all.csv "$calls"
rm all.csv

# Rows that are no calls: no segments, and a table of their own.
cat >paid.profile <<'END'
name paid
about payments with patterns
kind payment
header no
widths 4-5
role account 1
role paid 2
role amount 3
role txid 5 width 5 when 5 /^[0-9a-f]+$/
role txid 4
role currency 4 when 4 /^[A-Z]{3}$/
fallback account /^$/ 4 /user=([^;]*)/
END
awk 'BEGIN {
    print "line\toffset\tlength\taccount\tamount\tcurrency\ttxid" >"wanted"
    offset = 0
    for (i = 0; i < 60000; i++) {
        account = i % 2 ? "" : "u" i % 77
        fourth = i % 2 ? substr("id=xxxxxxxxxxxxxxxxxxxxx;", 1, 3 + i % 19) ";user=v" i ";" : i % 4 ? "GBP" : "none"
        txid = sprintf("%x", i) (i % 6 == 0 ? "?" : "")
        row = account ",2022-02-01," i ".5," fourth (i % 3 ? "," txid : "")
        bytes = length(row) + 1
        printf "%d\t%d\t%d\t%s\t%d.5\t%s\t%s\n", i + 1, offset, bytes, i % 2 ? "v" i : account, i, fourth == "GBP" ? fourth : "",
            i % 3 && txid !~ /\?/ ? txid : fourth >"wanted"
        print row
        offset += bytes
    }
}' >paid.csv
agree payments '-p ./paid.profile' paid.csv 'SELECT line, offset, length, account, amount, currency, txid FROM payment ORDER BY line'
done_testing
