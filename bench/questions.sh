# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: questions of which few segments are read, and scans of all of them, each asked once and then
# measured three times; the median goes to the file questions: name, wall, CPU, KiB, segments read, parted by TABs.
# Works in the scratch directory, on $case, at $level.

# one SQL: the first column of the first row.
one() { "$unspoof" query -q -f tsv "$case" "$1" | sed -n 2p | cut -f 1; }

# asked NAME COMMAND...: NAME begins with `narrow` or with `scan`.
asked() {
    name=$1
    shift
    note "$name"
    : >times
    for run in 0 1 2 3; do
        measured taken "$name" "$@" || {
            tail -n 20 log >&2
            die "$name failed with status $status"
        }
        [ "$run" = 0 ] || tail -n 1 taken >>times
    done
    sort -t "$(printf '\t')" -k 2n times | sed -n 2p | tr '\n' '\t' >>questions
    # It may stand behind a part of a line that was printed.
    segments=$(sed -n 's/.*segments: \([0-9]* of [0-9]*\) read.*/\1/p' log | tail -n 1)
    [ -n "$segments" ] || die "$name does not say what it read"
    echo "$segments" >>questions
}

show() { asked "narrow: show $1 $2" "$unspoof" show -v --processor "$level" "$case" "$1" "$3"; }
query() { asked "$1" "$unspoof" query -v -f tsv --processor "$level" "$case" "$2"; }

# Heavy is what most calls have, rare what the last one has.
ask_narrow() {
    last=$(one 'SELECT max(id) FROM call')
    key=$(one 'SELECT account_key FROM call WHERE account_key > 0 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
    account=$(one "SELECT account FROM account_key WHERE id = $key")
    shown=$(one 'SELECT presented_e164 FROM call WHERE presented_e164 > 0 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
    victim=$(one 'SELECT dialled_e164 FROM call WHERE dialled_e164 > 0 ORDER BY id DESC LIMIT 1')
    found=$(one "SELECT dialled FROM call WHERE dialled_e164 > 0 ORDER BY id DESC LIMIT 1" | sed "s/'/''/g")
    day=$(one "SELECT started_utc / 86400 * 86400 FROM call WHERE id = $last")
    show call 'the last' "$last"
    show account heavy "$account"
    show number 'dialled, rare' "+$victim"
    show number 'presented, heavy' "+$shown"
    query 'narrow: query account, by id, heavy' "SELECT count(*), sum(talk_ms) FROM call WHERE account_key = $key"
    query 'narrow: query account, as found, heavy' "SELECT count(*), sum(talk_ms) FROM call WHERE account = '$account'"
    query 'narrow: query dialled number' "SELECT count(*), min(line) FROM call WHERE dialled_e164 = $victim"
    query 'narrow: query dialled text, as found' "SELECT count(*), min(line) FROM call WHERE dialled = '$found'"
    query 'narrow: query presented number, heavy' "SELECT count(*), sum(talk_ms) FROM call WHERE presented_e164 = $shown"
    query 'narrow: query a day' "SELECT count(*), sum(talk_ms) FROM call WHERE started_utc >= $day AND started_utc < $day + 86400"
    query "narrow: query a source" "SELECT count(*), sum(talk_ms) FROM call WHERE source IN (SELECT id FROM source WHERE kind <> 'call')"
}

ask_all() {
    query 'scan: count' 'SELECT count(*) FROM call'
    query 'scan: sum of seconds' 'SELECT sum(talk_ms) FROM call'
    query 'scan: group by answered' 'SELECT answered, count(*) FROM call GROUP BY 1'
    query 'scan: group by account' 'SELECT account_key, count(*) FROM call GROUP BY 1'
    query 'scan: group by status, as found' 'SELECT status, count(*) FROM call GROUP BY 1'
    query 'scan: group by account, as found' 'SELECT account, count(*) FROM call GROUP BY 1'
    query 'scan: group by presented, as found' 'SELECT presented, count(*) FROM call GROUP BY 1'
}
