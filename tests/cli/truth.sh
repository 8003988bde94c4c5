#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every figure of made-up services against their truth: through header names,
# positions and renamed columns, shuffled, split in two, and compressed.
. "${srcdir:-.}/tests/lib.sh"
twins

kinds='call:calls account:accounts payment:payments login:logins report:reports rate:rates
organisation:organisations'

# roles KIND: the columns of synth's dump of a kind, in order.
roles() {
    case $1 in
    call) echo started account presented dialled duration talk status cost ;;
    account) echo account login email phone name registered ip ;;
    payment) echo payment_id account paid amount currency from_address to_address txid status ;;
    login) echo account at ip device ;;
    report) echo reference victim at presented loss currency ;;
    rate) echo date base quote rate ;;
    organisation) echo number organisation sector ;;
    esac
}

# ingest CASE DUMP HOW: all files of a service.
ingest() {
    case_file=$1
    dump_dir=$2
    how=$3
    for pair in $kinds; do
        kind=${pair%%:*}
        file=$dump_dir/${pair##*:}.csv
        set -- -q -r GB
        case $how in
        position) set -- "$@" -k "$kind" --no-header ;;
        name) set -- "$@" -k "$kind" ;;
        esac
        n=0
        for role in $(roles "$kind"); do
            n=$((n + 1))
            case $how in
            position) set -- "$@" -m "$role=$n" ;;
            name) set -- "$@" -m "$role=$(head -n 1 "$file" | cut -d, -f "$n")" ;;
            esac
        done
        must "$unspoof" ingest "$@" "$case_file" "$file"
    done
}

conclude() {
    must "$unspoof" normalise -q "$1"
    must "$unspoof" correlate -q "$1"
}

# summary CASE OPTION... >FILE: but for what the numbering plan says, of which the truth knows nothing.
summary() {
    case_file=$1
    shift
    # No number here can be read in two ways, and no victim has an account; the truth does not say so.
    "$unspoof" summary -q -f csv "$@" --country GB "$case_file" |
        sed '/^unsure_[a-z]*,0$/d; /^[a-z_]*victims_own,0$/d; /^calls_without_time,0$/d' |
        grep -v -e not_in_plan -e '^gross,' -e '^refunds,0.00$' -e '^spend_' -e '^window_'
}

# suspects NAME TRUTH GOT: all columns but rank, score and why, in any order.
suspects() {
    columns=$(head -n 1 "$2")
    sqlite3 :memory: ".import --csv $2 truth" ".import --csv $3 got" \
        "SELECT 'truth', * FROM (SELECT $columns FROM truth EXCEPT SELECT $columns FROM got);" \
        "SELECT 'got', * FROM (SELECT $columns FROM got EXCEPT SELECT $columns FROM truth);" \
        "SELECT 'rows', a, b FROM (SELECT (SELECT count(*) FROM truth) a, (SELECT count(*) FROM got) b)
         WHERE a <> b;" >rows.got 2>&1
    : >rows.none
    same "$1" rows.none rows.got
}

# compare NAME CASE TRUTH: every table and both summaries.
compare() {
    for table in accounts presentations victims suspects; do
        must "$unspoof" export -q -f csv --force -o "$table.got" "$2" "$table"
    done
    # The last column, the flags, is not of the truth.
    sed 's/,[^,]*$//' presentations.got >cut.got && mv cut.got presentations.got
    # Nobody got money back.
    sed -E 's/,[0-9.]+,0.00$//; 1s/,gross,refunds$//' accounts.got >cut.got && mv cut.got accounts.got
    sed 's/,0,$//; 1s/,unsure,own$//' victims.got >cut.got && mv cut.got victims.got
    for table in accounts presentations victims; do
        same "$1: $table" "$3/$table.csv" "$table.got"
    done
    suspects "$1: suspects" "$3/suspects.csv" suspects.got
    summary "$2" >summary.got
    same "$1: summary" "$3/summary.csv" summary.got
    summary "$2" --since 2021-08-01 --until 2022-08-01 >summary.got
    same "$1: summary of the press window" "$3/summary-window.csv" summary.got
    must "$unspoof" verify -q --rows all "$2"
}

# service SCALE SEED HEADER HOW
service() {
    dump=dump-$(echo "$1" | tr / -)-$2-$3
    [ -d "$dump" ] || must "$synth" --scale "$1" --seed "$2" --header "$3" "$dump"
    ingest case "$dump" "$4"
    conclude case
    compare "scale $1, seed $2, by $4" case "$dump/truth"
    must "$unspoof" export -q -f csv --force -o sources.got case sources
    sqlite3 :memory: ".import --csv $dump/truth/ingest.csv truth" ".import --csv sources.got got" \
        "SELECT t.file, t.read, g.rows_read, t.accepted, g.accepted, t.rejected, g.rejected, t.skipped, g.skipped
         FROM truth t LEFT JOIN got g ON g.source LIKE '%/' || t.file
         WHERE (t.read, t.accepted, t.rejected, t.skipped)
         IS NOT (g.rows_read, g.accepted, g.rejected, g.skipped);" >rows.got 2>&1
    : >rows.none
    same "scale $1, seed $2, by $4: rows read, accepted, rejected, skipped" rows.none rows.got
    rm -f case
}

service 1/1000 1 canonical header
service 1/1000 2 canonical header
service 1/1000 1 none position
service 1/1000 2 renamed name
service 1/100 1 canonical header
[ "$(extent part all)" = part ] || service 1/100 2 canonical header

# Many accounts, of few calls each.
must "$synth" --scale 1/1000 --seed 3 --accounts 5000 dump-1-1000-3-canonical
service 1/1000 3 canonical header

# The same rows in another order, in two files, compressed: the same figures.
dump=dump-1-1000-1-canonical
rest=$(for pair in $kinds; do [ "$pair" = call:calls ] || echo "$dump/${pair##*:}.csv"; done)

head -n 1 $dump/calls.csv >shuffled.csv
tail -n +2 $dump/calls.csv | shuf --random-source=$dump/calls.csv >>shuffled.csv
# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB case shuffled.csv $rest
conclude case
compare "rows shuffled" case $dump/truth
rm -f case

half=$(($(wc -l <$dump/calls.csv) / 2))
head -n "$half" $dump/calls.csv >first.csv
{ head -n 1 $dump/calls.csv; tail -n +"$((half + 1))" $dump/calls.csv; } >second.csv
must "$unspoof" ingest -q -r GB case first.csv
# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB case second.csv $rest
conclude case
compare "split into two ingests" case $dump/truth
rm -f case

gzip -c $dump/calls.csv >calls.csv.gz
# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB case calls.csv.gz $rest
conclude case
compare "from a gzip" case $dump/truth

twins_agree
done_testing
