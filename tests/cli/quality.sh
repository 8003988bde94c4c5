#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each source is judged: what the same service without a mistake does not say.
. "${srcdir:-.}/tests/lib.sh"

# Calls of a British service: 600 of them, to mobile and other numbers of many ranges.
awk 'BEGIN {
    print "started,account,presented,dialled,talk,status"
    for (i = 0; i < 600; i++) {
        ranges = split("7400 7700 7911 1212 2079 1312 1615 7520 7860 7575", range, " ")
        printf "2022-03-01T%02d:%02d:00Z,u%d,0207946%04d,0%s%06d,%d,ANSWERED\n", i / 60, i % 60, i % 20, \
            i % 30, range[1 + i % ranges], (i * 7919) % 1000000, 10 + i % 300
    }
}' >calls.csv

# judged FILE OPTION...: what normalise says of a file.
judged() {
    rm -f case
    file=$1
    shift
    must "$unspoof" ingest -q "$@" case "$file"
    try "$unspoof" normalise case
    status_is 0 "normalise $*"
}

judged calls.csv -r GB
cat >expected <<'TEXT'
calls.csv: 600 dialled and 600 presented numbers tell no country and are read as of GB
TEXT
same 'of a sound source only what is assumed' expected err
try "$unspoof" export -f csv case quality
says out '^normalise,calls.csv,call,dialled,numbers,number national,[0-9]+,,"[0-9]+ of 600 dialled numbers are read as number, by rule national",$' \
    'and how numbers came to be read is kept'

for region in FR US ES DE; do
    judged calls.csv -r $region
    says err "different (dialled|presented) numbers fit no plan as of $region; as of GB [0-9]+ would; is -r GB meant\? .unspoof normalise --region [0-9]+=GB CASE. mends it$" "GB is named, not $region"
done
judged calls.csv
says err 'different dialled numbers fit no plan without a region \(-r\); as of GB [0-9]+ would; is -r GB meant\? `unspoof normalise --region [0-9]+=GB CASE` mends it$' 'no region'

sed 's/,0\([0-9]*,[0-9]*,ANSWERED\)/,90\1/' calls.csv >nine.csv
judged nine.csv -r GB
says err 'different dialled numbers fit no plan as of GB; without 9 before them [0-9]+ would; is --tech-prefix 9 meant\? `unspoof normalise --tech-prefix [0-9]+=9 CASE` mends it$' 'a prefix'
judged nine.csv -r GB --tech-prefix 9
! grep -q 'fit no plan' err
ok 'is no longer said with it'

# Behind 99 they are numbers of another country's towns, valid as they are.
awk 'BEGIN {
    print "started,account,presented,dialled,talk,status"
    for (i = 0; i < 60; i++) {
        ranges = split("1701 1702 1712 1722 1733 1755 1621 1632", range, " ")
        printf "2022-03-01T%02d:00:00Z,u%d,%s,0%s%06d,%d,ANSWERED\n", i % 24, i % 4, i % 5 ? "+4930230005" 10 + i % 7 : "+49302300059", \
            range[1 + i % ranges], 100000 + i * 7123, 20 + i
    }
}' >german.csv
judged german.csv -r DE
! grep -qE 'begin with|withheld' err
ok 'German numbers as they are written'
sed 's/,0\(1[0-9]*,[0-9]*,ANSWERED\)/,990\1/; s/+49302300059/unknown/' german.csv >hidden.csv
judged hidden.csv -r DE
says err ': 60 of 60 different dialled numbers begin with 99, behind which whole numbers stand; did a switch put it there\? --tech-prefix 99 takes it off$' \
    'a prefix that makes other valid numbers'
says err ": 12 presented numbers are withheld, by words such as 'unknown': each such word counts as one thing presented; where it is none, a profile leaves it out: role presented COLUMN when COLUMN /\[0-9\]/$" \
    'a word that withholds a number, and is no value elsewhere'
sed 's/\(,990[0-9]*\)\(,[0-9]*,ANSWERED\)/\199\2/' hidden.csv >long.csv
judged long.csv -r DE
says err ': 60 of 60 different dialled numbers fit no plan as of DE' 'numbers that are too long'
printf '%s\n' 'name p' 'about p' 'kind call' 'roles header' 'header yes' 'role presented presented when presented /[0-9]/' >p.profile
judged hidden.csv -r DE --tech-prefix 99 -p p.profile
! grep -qE 'begin with|withheld' err
ok 'what it says is done by --tech-prefix and a profile'
says err ': 60 of 60 dialled numbers can be read in two ways, as a number behind a prefix that was named, or one that begins with it, and are taken as the first; ' \
    'and both readings are known'
must "$unspoof" correlate -q case
must "$unspoof" export -q -f csv -o victims.mended case victims
sed 's/+49302300059//' german.csv >clean.csv
judged clean.csv -r DE
must "$unspoof" correlate -q case
must "$unspoof" export -q -f csv -o victims.clean case victims
for victims in clean mended; do cut -d, -f 1-11,13 victims.$victims >victims.$victims.cut; done
same 'and the victims are those of a clean dump' victims.clean.cut victims.mended.cut

awk -F, -v OFS=, 'NR > 1 { t = $3; $3 = $4; $4 = t } { print }' calls.csv >swapped.csv
judged swapped.csv -r GB
says err 'far more different numbers are presented \([0-9]+\) than dialled \(30\); are -m presented= and -m dialled= the right way round\?$' 'columns that are swapped'

awk -F, -v OFS=, 'NR > 1 { $5 *= 1000 } { print }' calls.csv >ms.csv
judged ms.csv -r GB
says err ' of 600 answered calls last more than an hour; are they seconds\?$' 'milliseconds'

awk -F, -v OFS=, 'NR > 1 { $2 = "s" NR } { print }' calls.csv >own.csv
judged own.csv -r GB
says err 'nearly every call has an account of its own: 600 accounts in 600 calls; is it the right column \(-m account=\)\?$' 'accounts'

awk -F, -v OFS=, 'NR == 2 { $6 = "NO ANSWER" } NR == 3 { $5 = -5 } { print }' calls.csv >odd.csv
judged odd.csv -r GB
says err ': 2 calls whose status says otherwise than their seconds: the seconds are taken$' 'a contradiction'
says err ': 1 calls have seconds below 0, which count as 0$' 'seconds below 0'

# ---- other kinds ----
awk 'BEGIN {
    print "account,paid,amount,currency"
    for (i = 0; i < 20; i++) printf "u%d,2022-03-01T00:00:00Z,%d,%s\n", i, 1359725 + i, i % 2 ? "BTC" : ""
}' >payments.csv
judged payments.csv -c BTC
says err '^payments.csv: 10 amounts name no currency and are read as BTC$' 'a currency is assumed'
says err '^payments.csv: 20 of 20 payments in BTC are of more than 100 BTC; are they in a smaller unit, as satoshi \(-c SAT\)\?$' 'satoshi'
printf 'account,paid,amount,currency\na,2022-03-01T00:00:00Z,0.00312345,GBP\nb,2022-03-01T00:00:00Z,5,GBP\n' >coins.csv
judged coins.csv
says err '^coins.csv: 1 of 2 payments have more decimals than GBP has, and are rounded; is it the right currency \(-c\)\?$' 'decimals'
printf 'reference,victim,at,presented\nR1,07700900123,2022-03-01T00:00:00Z,02079460001\nR2,12,2022-03-01T00:00:00Z,\n' >reports.csv
judged reports.csv -r GB
says err "^reports.csv: 1 victims' numbers tell no country and are read as of GB$" 'victims'
says err '^reports.csv: 1 presented numbers tell no country and are read as of GB$' 'what they saw'

# Numbers kept for fiction are in no plan, and are not judged by it.
printf 'started,account,presented,dialled,talk\n2022-03-01T00:00:00Z,a,02079460001,07700900123,90\n' >fiction.csv
judged fiction.csv -r GB
echo 'fiction.csv: 1 dialled and 1 presented numbers tell no country and are read as of GB' >expected
same 'numbers kept for fiction' expected err

# ---- rows that are no calls ----

awk -F, -v OFS=, 'NR == 1 { print $0, "tor" } NR > 1 { print $0, NR % 5 ? "*voice" : NR % 2 ? "*sms" : "*data" }' calls.csv >sms.csv
rm -f case
try "$unspoof" ingest -r GB case sms.csv
says err "^sms.csv: column 7 tor says of [0-9]+ of the first [0-9]+ rows that they are no calls, as '\*sms': all rows are read as calls; a profile leaves them out: drop COLUMN /REGEX/\$" \
    'a column that plays no role'
try "$unspoof" export -f csv case quality
says out '^ingest,sms.csv,call,,no-call,\*sms,' 'and it is kept'
printf '%s\n' 'name v' 'about v' 'kind call' 'roles header' 'header yes' 'role started started when tor /voice/' >v.profile
rm -f case
try "$unspoof" ingest -r GB -p v.profile case sms.csv
! grep 'no calls' err
ok 'it is not said where a profile looks at it'
says err 'read 600, accepted 480, rejected 120,' 'and what it leaves out is counted'
printf '%s\n' 'name d' 'about d' 'kind call' 'roles header' 'header yes' 'drop tor /^\*(?:sms|data)$/' >d.profile
rm -f case
try "$unspoof" ingest -r GB -p ./d.profile case sms.csv
! grep 'no calls, as' err
ok 'nor where a profile drops rows by it'
says err 'read 600, accepted 480, rejected 0, skipped 120' 'which are counted too'
awk -F, -v OFS=, 'NR % 5 == 0 { $5 = 0; $6 = "SMS" } { print }' calls.csv >texts.csv
judged texts.csv -r GB
says err "^texts.csv: 120 rows have a status that says that they are no calls, as 'SMS': they are read as calls; " 'a status'
awk -F, -v OFS=, 'NR == 1 { print $0, "channel", "note" } NR > 1 { print $0, "SIP/data-" NR, NR % 7 ? "" : "asked for data of an account" }' calls.csv >names.csv
rm -f case
try "$unspoof" ingest -r GB case names.csv
! grep 'no calls' err
ok 'names and prose are no such words'

# ---- columns that cannot be read as numbers ----

sed '1!s/,0\([0-9]*\),\([0-9]*,ANSWERED\)/,4.47E+11,\2/' calls.csv >rounded.csv
judged rounded.csv -r GB
says err "^rounded.csv: 600 of 600 dialled numbers have lost digits to a spreadsheet, as '4.47E\+11'; line 2 is one; the digits are gone from this file: get one that no spreadsheet has saved\$" \
    'numbers that a spreadsheet has rounded'
try "$unspoof" export -f csv case quality
says out '^normalise,rounded.csv,call,dialled,unreadable,4.47E\+11,600,2,' 'and it is kept, with a line'
sed '5s/,0\([0-9]*\),\([0-9]*,ANSWERED\)/,4.47E+11,\2/' calls.csv >one.csv
judged one.csv -r GB
says err "^one.csv: 1 of 600 dialled numbers has lost digits to a spreadsheet, as '4.47E\+11'; line 5 is one; " 'a single one too'
awk -F, -v OFS=, 'NR > 1 { $4 = "client" NR % 97 } { print }' calls.csv >words.csv
judged words.csv -r GB
says err "^words.csv: 600 of 600 dialled numbers cannot be read as numbers, as 'client2'; line 2 is one; is it the right column \(-m dialled=\), and undamaged\?\$" 'words'
awk -F, -v OFS=, 'NR > 1 { $4 = "\303\202\303\242" $4 "\303\203" } { print }' calls.csv >damaged.csv
judged damaged.csv -r GB
says err '^damaged.csv: 600 of 600 dialled numbers cannot be read as numbers, as ' 'damaged text'
awk -F, -v OFS=, 'NR > 1 && NR % 4 == 0 { $3 = "Example Bank" } NR % 50 == 0 { $4 = "voicemail" } { print }' calls.csv >named.csv
judged named.csv -r GB
! grep 'cannot be read' err
ok 'names that are presented, and a service now and then, are none of these'
mkdir folder
sed 600q calls.csv >folder/a.csv
sed '2,600d; s/,0\([0-9]*\),\([0-9]*,ANSWERED\)/,4.47E+11,\2/' calls.csv >folder/b.csv
judged folder -r GB
says err "^folder: 1 of 600 dialled numbers has lost digits to a spreadsheet, as '4.47E\+11'; folder/b.csv:2 is one; " 'in a folder the file is named'
printf 'reference,victim,at,presented\nR1,4.47E+11,2022-03-01T00:00:00Z,02079460001\nR2,caller,2022-03-01T00:00:00Z,\nR3,07400123456,2022-03-01T00:00:00Z,\n' >lost.csv
judged lost.csv -r GB
says err "^lost.csv: 1 of 3 victims' numbers has lost digits to a spreadsheet, as '4.47E\+11'; line 2 is one; " 'of reports'
says err "^lost.csv: 1 of 3 victims' numbers cannot be read as numbers, as 'caller'; line 3 is one; is it the right column \(-m victim=\), and undamaged\?\$" 'and words'

# The same whatever the threads.
for threads in 1 2 8; do
    judged swapped.csv --threads $threads -r US
    sqlite3 case 'SELECT * FROM remark' >remarks.$threads
done
cmp -s remarks.1 remarks.2 && cmp -s remarks.1 remarks.8
ok 'threads make no difference'
done_testing
