#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What bad input gets: a message that says where and why, a documented exit
# status, and nothing lost or half written.
. "${srcdir:-.}/tests/lib.sh"
twins

header=started,account,presented,dialled,duration,talk,status,cost
good='2022-03-01 10:00:00,u1,02079460101,07700900123,75,70,ANSWERED,0.05'

# calls NAME LINE...: a file of calls, with one good row.
calls() {
    file=$1
    shift
    { printf '%s\n%s\n' "$header" "$good"; for line; do printf '%s\n' "$line"; done; } >"$file"
}

# rejected NAME PATTERN: the last file gave one good row and one reject.
rejected() {
    status_is 0 "$1: the good row is taken"
    says err "$2" "$1: the message names file, line, role, value and reason"
    says err 'read 2, accepted 1, rejected 1, skipped 0' "$1: the counts"
    "$unspoof" export -q -f csv case rejects >rejects.csv
    [ "$(wc -l <rejects.csv)" = 2 ]
    ok "$1: the row is kept as a reject"
    "$unspoof" verify -q case
    ok "$1: the case verifies"
    rm -f case
}

try "$unspoof" ingest case absent.csv
status_is 1 'a missing file'
says err 'absent.csv: No such file' 'a missing file is named'
[ ! -e case ]
ok 'a missing file leaves no case behind'

mkdir empty.d
try "$unspoof" ingest case empty.d
status_is 1 'a directory without dumps'
says err 'empty.d: ' 'a directory without dumps is named'
[ ! -e case ]
ok 'a directory without dumps leaves no case behind'

: >empty.csv
try "$unspoof" ingest case empty.csv
status_is 1 'an empty file'
says err 'empty.csv: .*empty' 'an empty file is named'

{ printf '\000\377\001'; head -c 100000 /dev/urandom; } >binary.bin
try "$unspoof" ingest -k call -m started=1 -m account=2 -m presented=3 -m dialled=4 case binary.bin
status_is 1 'a binary file'
says err 'binary.bin' 'a binary file is named'
try "$unspoof" verify -q case
rm -f case

calls calls.csv
i=0
while [ $i -lt 2000 ]; do
    echo "2022-03-01 10:00:00,u$i,0207946$((1000 + i)),07700900123,75,70,ANSWERED,0.05"
    i=$((i + 1))
done >>calls.csv
gzip -c calls.csv | head -c 5000 >cut.csv.gz
try "$unspoof" ingest -r GB case cut.csv.gz
status_is 1 'a truncated gzip'
says err 'cut.csv.gz: .*truncated' 'a truncated gzip is named'
[ ! -e case ]
ok 'a truncated gzip leaves nothing'

calls quote.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,75,70,"ANSWERED,0.05'
try "$unspoof" ingest -r GB case quote.csv
rejected 'a last quote that never closes' 'quote.csv:3: '

calls quotes.csv '2022-03-01 10:00:00,u1,"02079460101,07700900123,75,70,ANSWERED,0.05' "$good" "$good"
try "$unspoof" ingest -r GB case quotes.csv
says err 'quotes.csv: read 4, accepted 3, rejected 1, skipped 0' 'a quote that never closes swallows no rows'
rm -f case

calls few.csv '2022-03-01 10:00:00,u1,02079460101'
try "$unspoof" ingest -r GB case few.csv
rejected 'too few fields' 'few.csv:3: .*3 fields.* 8'

calls many.csv "$good,more,and,more"
try "$unspoof" ingest -r GB case many.csv
rejected 'too many fields' 'many.csv:3: .*11 fields.* 8'

calls time.csv '32/13/2022,u1,02079460101,07700900123,75,70,ANSWERED,0.05'
try "$unspoof" ingest -r GB case time.csv
rejected 'a time that is none' "time.csv:3: started '32/13/2022': "

calls duration.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,minus,70,ANSWERED,0.05'
try "$unspoof" ingest -r GB case duration.csv
rejected 'a duration that is none' "duration.csv:3: duration 'minus': "

calls amount.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,75,70,ANSWERED,0.0.5'
try "$unspoof" ingest -r GB case amount.csv
rejected 'an amount with two points' "amount.csv:3: cost '0.0.5': has two points"

calls control.csv "2022-03-01 10:00:00,u1,02079460101,07700900123,$(printf '\033[2Jx'),70,ANSWERED,0.05"
try "$unspoof" ingest -r GB case control.csv
rejected 'a control character' "control.csv:3: duration '\\\\x1b\[2Jx': "

{ echo "$header"; echo 'never,u1,02079460101,07700900123,75,70,ANSWERED,0.05'; } >none.csv
try "$unspoof" ingest -r GB case none.csv
status_is 1 'no row that can be taken is a failure'
says err 'none.csv: read 1, accepted 0, rejected 1, skipped 0' 'its counts are printed'
try "$unspoof" export -q -f csv case rejects
[ "$(wc -l <out)" = 2 ]
ok 'its rejects are kept'
calls none.csv
try "$unspoof" ingest -q -r GB case none.csv
status_is 0 'the file can be ingested once it is mended'
rm -f case

calls two.csv 'never,u1,1,1,1,1,x,1' 'never,u1,1,1,1,1,x,1'
try "$unspoof" ingest -q -r GB --max-rejects 1 case two.csv
status_is 3 'more rejects than --max-rejects'
try "$unspoof" verify -q case
status_is 0 'what was taken is whole'
rm -f case
try "$unspoof" ingest -q -r GB --max-rejects 2 case two.csv
status_is 0 'as many rejects as --max-rejects'
rm -f case

# Money.
calls calls.csv
printf 'account,paid,amount,currency,txid,status\nu1,2013-01-02 10:00:00,0.5,BTC,t1,confirmed\n' >payments.csv
printf 'date,base,quote,rate\n2013-04-28,BTC,GBP,86.45\n2022-03-01,BTC,GBP,31000\n' >rates.csv
must "$unspoof" ingest -q -r GB case calls.csv payments.csv rates.csv
must "$unspoof" normalise -q case
try "$unspoof" correlate case
status_is 1 'a payment before the first rate'
says err 'payments.csv:2: .*no rate .*BTC.*GBP.*2013-01-02.*2013-04-28.*rates.csv:2' 'the day and the nearest rate are named'
try "$unspoof" export -f csv case suspects
status_is 1 'nothing is concluded then'
rm -f case

printf 'account,paid,amount\nu1,2022-03-01 10:00:00,0.5\n' >payments.csv
try "$unspoof" ingest case payments.csv
status_is 2 'payments without a currency are a usage error'
says err '-c' 'and the option is named'

# Reports.
printf 'reference,victim,at,loss,currency\nR1,07700900999,2022-03-01 10:00:00,500,GBP\n' >reports.csv
must "$unspoof" ingest -q -r GB case calls.csv reports.csv
must "$unspoof" normalise -q case
try "$unspoof" correlate case
status_is 0 'a report for a number that nobody called is no failure'
says err 'reports.csv:2: ' 'it is named'
"$unspoof" summary -q -f csv case >summary.csv
says summary.csv '^reports,1$' 'it is counted'
says summary.csv '^reports_matched,0$' 'and not matched'
rm -f case

# Usage.
try "$unspoof" ingest -k calls case calls.csv
status_is 2 'an unknown kind'
says err 'call, account, payment, login, report, rate, organisation' 'the kinds are listed'
try "$unspoof" ingest -k call -m started=when case calls.csv
status_is 2 'a column that is not there'
says err 'when' 'it is named'
says err 'account' 'and what the header has'
# One of a thing is told as one.
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00Z,a,02079460001,07700900123,90\nnever,a,02079460001,07700900123,90\n' >onebad.csv
try "$unspoof" ingest --check --max-rejects 0 onebad.csv
status_is 3 'one row too many'
says err '^unspoof ingest: 1 row rejected, and --max-rejects allows 0$' 'is one row'
mkdir linked
cp onebad.csv linked/a.csv
(cd linked && ln -s a.csv b.csv && tar cf ../linked.tar a.csv b.csv)
try "$unspoof" ingest --check linked.tar
says err '^linked.tar.*: 1 entry that is no file is left out$' 'one entry'
printf 'word\nother\n' >single.txt
try "$unspoof" ingest --check --no-header single.txt
says err 'its rows have 1 column, and no header' 'one column'
{ gzip -c onebad.csv && printf x; } >behind.csv.gz
try "$unspoof" ingest --check behind.csv.gz
says err '^behind.csv.gz: 1 byte behind the end of the compressed data is not read, but hashed$' 'one byte'
try "$unspoof" ingest -m dialed=2 case absent.csv
status_is 2 'a role that there is not, before a file is read'
says err "^unspoof ingest: mapping 'dialed=2': no kind of row has a role 'dialed'; did you mean 'dialled'\?$|mapping 'dialed=2': no kind of row has a role 'dialed'; did you mean dialled\?$" 'with the nearest that there is'
try "$unspoof" ingest -m xyzzy=2 case absent.csv
says err "^unspoof ingest: mapping 'xyzzy=2': no kind of row has a role 'xyzzy'; unspoof-ingest\(1\) lists them$" 'or where they are listed'
try "$unspoof" ingest -m amount=2 -m email=1 case absent.csv
status_is 2 'roles of several kinds'
says err "^unspoof ingest: no kind of row has all roles that are mapped: amount is one of payment; email of account; say what the rows are with -k KIND, and map its roles alone$" 'say which kind has which'
try "$unspoof" ingest -k call -m email=1 case calls.csv
says err "^unspoof ingest: kind call has no role 'email', which is one of account; its roles are call_id, " 'a role of another kind: of which'
try "$unspoof" ingest -k call -m caller=account case calls.csv
status_is 2 'an unknown role'
says err 'caller.*|presented_name' 'the roles are listed'
printf 'when,who\n2022-03-01 10:00:00,u1\n' >roles.csv
try "$unspoof" ingest -k call -m started=when -m account=who case roles.csv
status_is 2 'a needed role without a column'
says err 'presented' 'it is named'
try "$unspoof" ingest -p no-such-profile case calls.csv
status_is 2 'an unknown profile'
says err 'asterisk-cdr-csv' 'those that are known are listed'
printf 'alpha,beta\n1,2\n' >strange.csv
try "$unspoof" ingest case strange.csv
status_is 2 'a dump that nothing knows'
[ ! -e case ]
ok 'usage errors leave no case behind'

# Standard input that is a terminal, where a terminal can be made.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    script -qec "'$unspoof' ingest case -" /dev/null >out 2>&1 </dev/null
    says out 'standard input is a terminal' 'standard input that is a terminal is refused'
else
    skip 'standard input that is a terminal' 'no terminal can be made here'
fi
"$unspoof" ingest -r GB case - <calls.csv >out 2>err
ok 'standard input is read'
rm -f case

# A full disk: a file system of one megabyte, where one can be made.
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=1m none small 2>/dev/null; then
    must "$synth" --scale 1/700 --seed 1 dump
    # The copy that twins() makes has room.
    try "$TWIN_PROGRAM" ingest -r GB small/case dump/calls.csv
    status_is 1 'a full disk'
    says err 'the disk is full' 'a full disk is named'
    [ ! -e small/case ] || "$unspoof" verify -q small/case
    ok 'a full disk leaves nothing half written'
    must "$unspoof" ingest -q -r GB case calls.csv
    must "$unspoof" normalise -q case
    head -c 1000000 /dev/zero >small/filler
    head -c 1000000 /dev/zero >>small/filler
    try "$unspoof" export -f csv -o small/calls.csv case calls
    status_is 1 'an export to a full disk'
    [ ! -e small/calls.csv ]
    ok 'an export to a full disk leaves no file'
    umount small
else
    skip 'a full disk' 'no small file system can be made here'
fi
"$unspoof" number 07700900123 >/dev/full 2>err
[ $? = 1 ]
ok 'a full standard output is a failure'

# What could not be read again, or would outweigh everything else, is no row.
calls long.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,75,4611686018427388,ANSWERED,0.05'
try "$unspoof" ingest -r GB case long.csv
rejected 'a talk of 146 million years' "long.csv:3: talk '4611686018427388': is more than 1,000,000,000 seconds"
calls long.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,1000000001,70,ANSWERED,0.05'
try "$unspoof" ingest -r GB case long.csv
rejected 'a second more than a duration may have' "long.csv:3: duration '1000000001': is more than"
calls dear.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,75,70,ANSWERED,46116860184273.87'
try "$unspoof" ingest -r GB case dear.csv
rejected 'a cost of 46 billion' "dear.csv:3: cost '46116860184273.87': is more than 1,000,000,000, and no cost"
calls most.csv '2022-03-01 10:00:00,u1,02079460101,07700900123,1000000000,1000000000.000,ANSWERED,-1000000000' \
    '2022-03-01 10:00:00,u1,02079460101,07700900123,999999999,0,ANSWERED,999999999.999999'
try "$unspoof" ingest -r GB case most.csv
says err 'read 3, accepted 3' 'the longest duration and the highest cost are taken'
"$unspoof" normalise -q case && "$unspoof" correlate -q case && "$unspoof" verify -q case &&
    "$unspoof" query -f csv case 'SELECT max(talk_ms) FROM call' >longest.csv
ok 'they are understood, concluded from and verified'
printf 'max(talk_ms)\n1000000000000\n' >longest.want
same 'a talk of 1,000,000,000 seconds comes back' longest.want longest.csv
rm -f case

twins_agree
done_testing
