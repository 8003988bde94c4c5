#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Settings that are mended without reading again: they are decided by normalise and correlate, kept in the case, and in
# force until changed. A case that is mended shows what one shows that was ingested with the right options.
. "${srcdir:-.}/tests/lib.sh"

printf '%s\n' 'started,account,presented,dialled,talk,duration,status,cost' \
    '2022-07-01 10:00:00,a,02079460001,07700900123,,90,DONE,0.50' \
    '2022-07-01 11:00:00,b,902079460002,907700900124,80,85,DONE,0.25' \
    '2022-07-02 12:00:00,b,02079460002,07700900125,70,75,OTHER,0.25' >calls.csv
printf '%s\n' 'account,paid,amount,status' 'a,2022-07-01 09:00:00,15.00,SETTLED-OK' 'b,2022-07-03 09:00:00,25.00,paid' >payments.csv
printf '%s\n' 'reference,victim,at,loss,currency' 'R1,07700900123,2022-07-01 10:05:00,500.00,GBP' >reports.csv
printf '%s\n' 'date,base,quote,rate' 2022-07-01,USD,GBP,0.8 2022-07-03,USD,GBP,0.8 >rates.csv
files='calls.csv payments.csv reports.csv rates.csv'
tables='suspects accounts presentations victims calls payments reports links rejects quality sources'

# ingest CASE OPTION...: all of it, with a currency where nothing else is said.
ingest() {
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q "$@" $files
}

# figures CASE: all that is shown of it.
figures() {
    for table in $tables; do
        echo "# $table"
        "$unspoof" export -q -f csv "$1" $table || return 1
    done
    "$unspoof" summary -q -f csv "$1"
    for id in 65536 65537 65538; do "$unspoof" show -q -f csv "$1" call $id; done
}

# conclude CASE [OPTION...]: options are those of normalise.
conclude() {
    must "$unspoof" normalise -q "$@"
    must "$unspoof" correlate -q "$1"
}

ingest wrong.case -c GBP
conclude wrong.case
figures wrong.case >wrong
cp wrong.case first.case

# mended NAME RIGHT WRONG BACK: the options of ingest that are right and wrong, those of normalise that mend, and those that
# take it back. Each is words.
mended() {
    # shellcheck disable=SC2086
    ingest right.case $2
    conclude right.case
    figures right.case >right
    # shellcheck disable=SC2086
    ingest c.case $3
    conclude c.case
    figures c.case >before
    cmp -s before right
    [ $? = 1 ]
    ok "$1: what is wrong shows otherwise"
    # shellcheck disable=SC2086
    conclude c.case $4
    figures c.case >after
    same "$1: what is mended is as if it had been ingested so" right after
    conclude c.case
    figures c.case >after
    same "$1: and stays so" right after
    # shellcheck disable=SC2086
    conclude c.case $5
    figures c.case >after
    same "$1: taken back it is as before" before after
    try "$unspoof" verify c.case
    status_is 0 "$1: the case verifies"
    rm -f right.case c.case
}

mended 'another region' '-r GB -c GBP' '-r DE -c GBP' '--region all=GB' '--region all='
mended 'a region where there was none' '-r GB -c GBP' '-c GBP' '--region 1=GB --region 2=gb --region reports.csv=UK --region 4=GB' \
    '--region all='
mended 'no region' '-c GBP' '-r GB -c GBP' '--region all=none' '--region all='
mended 'a zone' '-r GB -c GBP -z Europe/London' '-r GB -c GBP' '--zone all=Europe/London' '--defaults'
mended 'a currency' '-r GB -c GBP' '-r GB -c USD' '--currency all=GBP --region all=' '--currency all='
mended 'a prefix' '-r GB -c GBP --tech-prefix 9' '-r GB -c GBP' '--tech-prefix all=9' '--tech-prefix all='
mended 'no prefix' '-r GB -c GBP' '-r GB -c GBP --tech-prefix 9' '--tech-prefix all=none' '--tech-prefix all='
mended 'a reading of digits' '-r GB -c GBP --bare international' '-r GB -c GBP' '--bare all=international' '--bare all='
mended 'words of statuses' '-r GB -c GBP -w paid=SETTLED-OK -w answered=DONE' '-r GB -c GBP' \
    '--status all=paid=SETTLED-OK --status all=answered=DONE' '--status all==settled-ok --status all==done'
mended 'words of one source' '-r GB -c GBP -w unpaid=SETTLED-OK' '-r GB -c GBP' '--status 2=unpaid=SETTLED-OK' \
    '--status payments.csv==settled-ok'

# ---- what is said and kept ----

ingest c.case -r DE -c GBP
try "$unspoof" normalise c.case
grep -q '^setting: ' err
[ $? = 1 ]
ok 'a first run with what is recorded says nothing of settings'
must "$unspoof" correlate -q c.case
try "$unspoof" normalise --region all=GB --zone reports.csv=Europe/London --status paid=SETTLED-OK c.case
status_is 0 'several settings at once'
grep '^setting: ' err >got
cat >expected <<'TEXT'
setting: status settled-ok: none -> confirmed=SETTLED-OK
setting: calls.csv: region DE -> GB
setting: payments.csv: region DE -> GB
setting: reports.csv: region DE -> GB
setting: reports.csv: zone UTC -> Europe/London
setting: rates.csv: region DE -> GB
TEXT
same 'what changes is said, from what to what' expected got
try "$unspoof" export c.case victims
status_is 1 'the conclusions are gone'
must "$unspoof" correlate -q c.case
try "$unspoof" normalise --region 2= c.case
grep '^setting: ' err >got
cat >expected <<'TEXT'
setting: payments.csv: region GB -> DE
setting: status settled-ok: confirmed=SETTLED-OK, in force since run 4
setting: calls.csv: region GB, in force since run 4
setting: reports.csv: region GB, in force since run 4
setting: reports.csv: zone Europe/London, in force since run 4
setting: rates.csv: region GB, in force since run 4
TEXT
same 'and what is in force, since when' expected got
try "$unspoof" normalise -q c.case
[ ! -s err ]
ok 'nothing with -q'
"$unspoof" export c.case decisions >got
cat >expected <<'TEXT'
decision,run,command,source,setting,item,value,undone_by
1,4,normalise,calls.csv,region,,GB,
2,4,normalise,payments.csv,region,,GB,6
3,4,normalise,reports.csv,region,,GB,
4,4,normalise,rates.csv,region,,GB,
5,4,normalise,reports.csv,zone,,Europe/London,
6,4,normalise,,payment_status,settled-ok,confirmed=SETTLED-OK,
TEXT
same 'the decisions are a table' expected got
[ "$(sqlite3 c.case "SELECT settings FROM run WHERE id = 6")" = '{"decisions":[1,3,4,5,6]}' ]
ok 'and the run names those in force'
try "$unspoof" normalise --region all=UK c.case
says err '^region UK is taken as GB$' 'a region by another name is said'

# A word for all holds for what comes later too; one of a source goes before it.
printf '%s\n' 'account,paid,amount,status' 'a,2022-07-02 09:00:00,7.00,settled-ok' >more.csv
must "$unspoof" ingest -q -c GBP c.case more.csv
try "$unspoof" normalise --status 5=unpaid=Settled-OK c.case
"$unspoof" query c.case 'SELECT p.status, r.confirmed FROM payment p JOIN payment_read r ON r.payment = p.id ORDER BY p.id' >got
printf '%s\n' status,confirmed SETTLED-OK,1 paid,1 settled-ok,0 >expected
same 'a word of a source goes before one of all' expected got
must "$unspoof" normalise -q --status 5==SETTLED-OK c.case
"$unspoof" query c.case 'SELECT confirmed FROM payment_read ORDER BY payment' | tail -n 1 >got
echo 1 >expected
same 'a word of all holds for sources that come later' expected got

# ---- a source that is dropped ----

must "$unspoof" normalise -q --region calls.csv=FR c.case
try "$unspoof" drop c.case calls.csv
says err '^source 1: 1 decision on it is no longer in force: ' 'the decisions on a dropped source are said'
"$unspoof" export c.case decisions -f tsv | awk -F '\t' '$4 == "calls.csv" && $8 == ""' >got
: >nothing
same 'and in force no longer' nothing got
try "$unspoof" verify c.case
status_is 0 'the case verifies'
try "$unspoof" normalise --region 1=GB c.case
status_is 1 'of a dropped source nothing is decided'
says err '^unspoof normalise: 1: source 1 was dropped by run [0-9]+' 'and that is said'
must "$unspoof" ingest -q -r GB c.case calls.csv
must "$unspoof" normalise -q --region calls.csv=FR c.case
must "$unspoof" ingest -q -r GB -z Asia/Tokyo --replace c.case calls.csv
"$unspoof" export c.case sources -f tsv | awk -F '\t' '$25 == "" { print $2, $11, $12 }' | grep calls.csv >got
echo 'calls.csv GB Asia/Tokyo' >expected
same 'nor does one that is replaced hand them on' expected got
try "$unspoof" verify c.case
status_is 0 'and the case verifies then'

# ---- what names it ----

must "$unspoof" ingest -q -r DE w.case calls.csv
try "$unspoof" ingest -r GB w.case calls.csv
says err 'takes it out, and options of `unspoof normalise` change what its rows mean without reading them again$' \
    'known content with another region names normalise'
try "$unspoof" ingest -r GB --no-header -m started=1 -m account=2 -m presented=3 -m dialled=4 w.case calls.csv
says err 'takes it out$' 'read otherwise it does not'
must "$unspoof" ingest -q -c GBP w.case payments.csv
try "$unspoof" normalise w.case
remedy=$(sed -n "s/.*SETTLED-OK' is not known.*\`unspoof \(normalise --status .*\) CASE\` counts them.*/\1/p" err)
eval "\"\$unspoof\" $remedy w.case" >out 2>err
[ "$("$unspoof" query w.case "SELECT confirmed FROM payment_read ORDER BY payment LIMIT 1" | tail -n 1)" = 1 ]
ok 'the remedy of a status can be taken as it is printed'

# ---- what is refused ----

cp first.case before.case
# refused STATUS PATTERN OPTION...
refused() {
    status=$1 pattern=$2
    shift 2
    wanted=$status
    try "$unspoof" normalise "$@" first.case
    status_is "$wanted" "normalise $*: refused"
    says err "$pattern" 'with the reason'
}
refused 2 "^unspoof normalise: --region 'GBR': .*did you mean" --region 1=GBR
refused 2 "^unspoof normalise: --region 'GB': give SOURCE=VALUE" --region GB
refused 2 "^unspoof normalise: --region '=GB': give SOURCE=VALUE" --region =GB
refused 2 "^unspoof normalise: --zone 'Europe/Londn': .*did you mean Europe/London" --zone all=Europe/Londn
refused 2 "^unspoof normalise: --zone 'none': " --zone all=none
refused 2 "^unspoof normalise: --currency 'GPB': .*did you mean GBP" --currency 2=GPB
refused 2 "^unspoof normalise: --bare 'local': not own-code" --bare 1=local
refused 2 "^unspoof normalise: --tech-prefix 'abc': " --tech-prefix 1=abc
refused 2 "^unspoof normalise: --date-order 'ymd': neither dmy nor mdy" --date-order ymd
refused 2 "^unspoof normalise: --date-order 'ymd': neither dmy nor mdy" --date-order 1=ymd
refused 2 "^unspoof normalise: --status 'SETTLED': not of the form" --status SETTLED
refused 2 "^unspoof normalise: --status 'paid=': no word follows" --status paid=
refused 2 "^unspoof normalise: --status 'unpaid=X': means something else" --status paid=X --status unpaid=X
refused 1 "^unspoof normalise: 9: no source of the case has this id" --region 9=GB
refused 1 'source 1 has no payments' --status calls.csv=paid=X
refused 2 'cannot both be' --region-of-account --no-region-of-account
cmp -s first.case before.case
ok 'nothing of it changes the case'

# ---- names with = in them, and several of one name ----

cp calls.csv 'a=b.csv'
must "$unspoof" ingest -q e.case 'a=b.csv'
must "$unspoof" normalise -q --region a=b.csv=GB --status a=b.csv=answered=DONE e.case
"$unspoof" query e.case 'SELECT source, value FROM decision ORDER BY id' >got
printf '%s\n' source,value 1,GB 1,answered=DONE >expected
same 'a path may have an =' expected got

# ---- settings of correlate, and of normalise for the case ----

# settings: what the last try said of them.
settings() { grep '^setting: ' err; }

must "$unspoof" ingest -q -r GB -c GBP k.case calls.csv payments.csv
must "$unspoof" ingest -q k.case reports.csv rates.csv
must "$unspoof" normalise -q k.case
try "$unspoof" correlate k.case
settings >got
: >expected
same 'a first run with the defaults says nothing of settings' expected got
must "$unspoof" export -q -f csv -o default.csv k.case suspects
try "$unspoof" correlate --long 75 --threshold 20 --currency gbp k.case
settings >got
printf '%s\n' 'setting: long 60 -> 75' 'setting: threshold 100 -> 20' >expected
same 'what differs from the last run is said' expected got
must "$unspoof" export -q -f csv -o long.csv k.case suspects
cmp -s default.csv long.csv
[ $? = 1 ]
ok 'and it does something'
try "$unspoof" correlate k.case
settings >got
printf '%s\n' 'setting: long 75, in force since run 5' 'setting: threshold 20, in force since run 5' >expected
same 'what is in force too' expected got
must "$unspoof" export -q -f csv --force -o again.csv k.case suspects
same 'and it is in force' long.csv again.csv
must "$unspoof" normalise -q k.case
try "$unspoof" correlate --threshold 30 --hub 3 k.case
settings >got
printf '%s\n' 'setting: hub 20 -> 3' 'setting: threshold 20 -> 30' 'setting: long 75, in force since run 5' >expected
same 'also after normalise; what is given takes its place' expected got
try "$unspoof" correlate --long 60 --threshold '' k.case
settings >got
printf '%s\n' 'setting: long 75 -> 60' 'setting: threshold 30 -> 100' 'setting: hub 3, in force since run 8' >expected
same 'the default, or nothing, takes back' expected got
try "$unspoof" correlate --defaults --report-window 5 k.case
settings >got
printf '%s\n' 'setting: hub 3 -> 20' 'setting: report-window 30 -> 5' >expected
same '--defaults forgets the rest' expected got
must "$unspoof" correlate -q --defaults k.case
must "$unspoof" export -q -f csv --force -o again.csv k.case suspects
same 'then all is as it was first' default.csv again.csv
try "$unspoof" correlate -q k.case
[ ! -s err ]
ok 'nothing with -q'
try "$unspoof" verify k.case
status_is 0 'the case verifies'

# A threshold is in the currency that is in force.
printf '%s\n' 'date,base,quote,rate' 2022-07-01,GBP,BTC,0.00005 2022-07-03,GBP,BTC,0.00005 >tobtc.csv
must "$unspoof" ingest -q k.case tobtc.csv
must "$unspoof" normalise -q k.case
must "$unspoof" correlate -q --currency BTC k.case
must "$unspoof" correlate -q --threshold 0.00000001 k.case
try "$unspoof" correlate --currency GBP k.case
status_is 2 'a threshold in force that the currency has not the decimals for'
says err "^unspoof correlate: --threshold '0.00000001': has more decimals than the currency" 'is named'
try "$unspoof" correlate -q k.case
[ "$("$unspoof" query k.case "SELECT group_concat(value, ' ') FROM setting WHERE key IN ('currency', 'threshold')" | tail -n 1)" = 'BTC 0.00000001' ]
ok 'and nothing of it is kept'
must "$unspoof" correlate -q --defaults k.case

# Files are kept with what they have.
printf 'email nobody@example.com\n' >never.txt
printf 'harm spend 1 7\n' >bands.txt
must "$unspoof" correlate -q --never never.txt --score bands.txt k.case
must "$unspoof" export -q -f csv -o bands.csv k.case suspects
hash=$(printf 'never.txt\nemail nobody@example.com\n' | sha256sum | cut -c 1-12)
rm bands.txt never.txt
try "$unspoof" correlate k.case
status_is 0 'files are not needed again'
settings | sed 's/(.*)/(H)/; s/run .*/run N/' >got
printf '%s\n' 'setting: never never.txt (H), in force since run N' 'setting: score bands.txt (H), in force since run N' >expected
same 'and are named' expected got
settings | grep -q "never.txt ($hash)"
ok 'with the digest of name and content'
must "$unspoof" export -q -f csv --force -o again.csv k.case suspects
same 'their content holds' bands.csv again.csv
[ "$(sqlite3 k.case "SELECT value FROM setting WHERE key = 'never'")" = 'email nobody@example.com' ]
ok 'and is in the settings'
printf 'email nobody@example.com\n' >never.txt
try "$unspoof" correlate --never never.txt --score '' k.case
settings | sed 's/(.*)/(H)/; s/run .*/run N/' >got
printf '%s\n' 'setting: score bands.txt (H) -> built in' 'setting: never never.txt (H), in force since run N' >expected
same 'the same file changes nothing, an empty name takes back' expected got
try "$unspoof" correlate --never missing.txt k.case
status_is 1 'a file that is not there'

# Of normalise for the case as a whole.
printf 'started,account,presented,dialled,talk\n03/04/2022 10:00:00,a,02079460001,07700900123,90\n' >dates.csv
must "$unspoof" ingest -q -r GB d.case dates.csv
try "$unspoof" normalise d.case
status_is 1 'an order that nothing proves'
try "$unspoof" normalise --date-order dmy --region-of-account d.case
status_is 0 'is told'
settings >got
: >expected
same 'before which there was no run to differ from' expected got
try "$unspoof" normalise d.case
settings >got
printf '%s\n' 'setting: date-order dmy, in force since run 2' 'setting: region-of-account yes, in force since run 2' >expected
same 'and is in force' expected got
[ "$(sqlite3 d.case "SELECT settings FROM run WHERE id = 3")" = '{"date_order":"dmy","region_of_account":true}' ]
ok 'and recorded'
try "$unspoof" normalise --date-order mdy --no-region-of-account d.case
settings >got
printf '%s\n' 'setting: date-order dmy -> mdy' 'setting: region-of-account yes -> no' >expected
same 'until it is changed' expected got
[ "$("$unspoof" query d.case "SELECT date(started_utc, 'unixepoch') FROM call" | tail -n 1)" = 2022-03-04 ] ||
    [ "$("$unspoof" query d.case "SELECT date(started_utc / 1000, 'unixepoch') FROM call" | tail -n 1)" = 2022-03-04 ]
ok 'month first'
must "$unspoof" ingest -q -r GB --date-order mdy o.case dates.csv
must "$unspoof" normalise -q --date-order dates.csv=dmy o.case
must "$unspoof" normalise -q --date-order dmy d.case
"$unspoof" query o.case 'SELECT started_utc FROM call' >got
"$unspoof" query d.case 'SELECT started_utc FROM call' >expected
same 'a wrong order of one source is mended' expected got
must "$unspoof" normalise -q --date-order 1= o.case
try "$unspoof" normalise --defaults d.case
status_is 1 'without it nothing proves it again'
try "$unspoof" normalise -q d.case
status_is 0 'and what failed took nothing back'

# More than 20 are counted.
seq 25 | sed 's/^/--status\nanswered=W/' | xargs "$unspoof" normalise o.case 2>err
[ "$(settings | wc -l)" = 20 ] && grep -q '^5 more settings differ; `unspoof export CASE decisions` lists them$' err
ok 'of many changes 20 are said'
try "$unspoof" normalise o.case
[ "$(settings | wc -l)" = 20 ] && grep -q '^5 more settings are in force; ' err
ok 'and of many in force'

# ---- redo ----

for case in r.case s.case; do
    ingest $case -r DE -c GBP
    must "$unspoof" normalise -q --region all=GB --status paid=SETTLED-OK $case
    must "$unspoof" correlate -q --long 75 --threshold 20 $case
    must "$unspoof" ingest -q -c GBP $case more.csv
done
must "$unspoof" normalise -q r.case
must "$unspoof" correlate -q r.case
figures r.case >expected
try "$unspoof" redo s.case
status_is 0 'redo'
[ ! -s out ]
ok 'prints no table'
settings >said
[ "$(grep -c 'region GB, in force since run 2' said)" = 4 ] && grep -q '^setting: long 75, in force since run 3$' said
ok 'what is in force is said'
figures s.case >got
same 'it does what both do' expected got
sqlite3 s.case 'SELECT command || arguments FROM run WHERE id > 4' >got
printf '%s\n' 'normalise["--","s.case"]' 'correlate["--","s.case"]' >expected
same 'and leaves their runs' expected got
must "$unspoof" redo -q --threads 3 --memory 64M --temporary . s.case
sqlite3 s.case 'SELECT arguments FROM run WHERE id > 6' >got
for i in 1 2; do echo '["--quiet","--threads","3","--memory","64M","--temporary",".","--","s.case"]'; done >expected
same 'its options go to both' expected got
must "$unspoof" drop -q s.case more.csv
must "$unspoof" redo -q s.case
must "$unspoof" drop -q r.case 5
try "$unspoof" redo r.case
status_is 0 'after a source is dropped too'
# The run that dropped it is another one.
figures r.case | sed '/^5,more.csv/s/[0-9]*,,,delimited,.*$//' >expected
figures s.case | sed '/^5,more.csv/s/[0-9]*,,,delimited,.*$//' >got
same 'all is what it was without it' expected got
try "$unspoof" verify s.case
status_is 0 'the case verifies'
must "$unspoof" ingest -q -r GB p.case calls.csv
try "$unspoof" redo p.case
status_is 0 'redo of what was never understood'
try "$unspoof" redo --memory 1M p.case
status_is 2 'an option that a step refuses'
try "$unspoof" redo n.case
status_is 1 'a case that is not there'

# ---- forged ----

must "$unspoof" verify e.case
cp e.case forged.case
sqlite3 forged.case "UPDATE decision SET value = 'DE' WHERE key = 'region'"
try "$unspoof" verify forged.case
status_is 4 'a forged decision is found'
says err 'the layer as decided is not what its run left: table decision' 'and named'
try "$unspoof" normalise -q forged.case
status_is 4 'and nothing is understood by it'
says err 'its decisions are not what their run left' 'as is said'
cp e.case forged.case
sqlite3 forged.case 'DELETE FROM decision'
try "$unspoof" verify forged.case
status_is 4 'one that was taken away too'
must "$unspoof" ingest -q f.case calls.csv
sqlite3 f.case "INSERT INTO decision VALUES(1, 1, 'normalise', 1, 'region', '', 'GB', '', NULL)"
try "$unspoof" normalise -q f.case
status_is 4 'one that no run took'

# ---- what is wanting ----

must "$unspoof" ingest -q n.case calls.csv
must "$unspoof" drop -q n.case 1
for command in 'export n.case suspects' 'summary n.case' 'correlate n.case'; do
    # shellcheck disable=SC2086
    try "$unspoof" $command
    status_is 1 "$command without a source"
    says err 'n.case: nothing is ingested yet; run `unspoof ingest` first, then `unspoof normalise`' 'names the first command to run'
done

done_testing
