#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A date without a time of day is a day, wherever it stands: shown as one, in no hour and no distance, with the
# rate of that day, and matched by the day.
. "${srcdir:-.}/tests/lib.sh"

# cut_csv FILE COLUMNS: columns of a CSV without quoted commas, by name.
cut_csv() {
    awk -F , -v wanted="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(wanted, names, " ") }
    { for (i = 1; i <= n; i++) printf "%s%s", (i > 1 ? "," : ""), $at[names[i]]; print "" }' "$1"
}

# case_of NAME: what follows of the files of the folder NAME, with -r GB.
case_of() {
    must "$unspoof" ingest -q -r GB ${zone:+-z "$zone"} "$1.case" "$1"/*.csv
    must "$unspoof" normalise -q "$1.case"
    "$unspoof" correlate "$1.case" >/dev/null 2>"$1.err" || cat "$1.err"
}

# export_of NAME TABLE COLUMNS
export_of() {
    "$unspoof" export -f csv -o "$1.$2" --force "$1.case" "$2"
    cut_csv "$1.$2" "$3"
}

calls_head='started,account,presented,dialled,talk'
reports_head='reference,victim,at,loss,currency'

# ---- a report that has only a date ----

mkdir only
cat >only/calls.csv <<EOF
$calls_head
2022-06-01 23:50:00,u1,02079460101,07700900123,300
2022-06-02 14:00:00,u2,02079460102,07700900123,300
2022-06-02 15:00:00,u2,02079460102,07700900123,400
2022-06-02 16:00:00,u2,02079460103,07700900123,400
2022-06-02 17:00:00,u1,02079460101,07700900123,20
2022-06-02 23:59:59,u3,02079460101,07700900124,100
2022-06-03 00:00:00,u4,02079460101,07700900124,100
2022-06-02 10:00:00,u1,02079460101,07700900125,100
2022-06-02 10:05:00,u2,02079460102,07700900125,200
EOF
cat >only/reports.csv <<EOF
$reports_head
R1,07700900123,2022-06-02,500,GBP
R2,07700900124,2022-06-02,1,GBP
R3,07700900124,03 Jun 2022,2,GBP
R4,07700900125,2022-06-02,4,GBP
R5,07700900125,2022-06-03,8,GBP
R6,07700900126,2022-06-02,16,GBP
EOF
case_of only
cat >right <<'EOF'
reference,at,verdict,value,account,call_line,seconds,reason
R1,2022-06-02,matched,500.00,u2,4,,the only account with long calls to it that day; the longest is named
R2,2022-06-02,matched,1.00,u3,7,,the only account with long calls to it that day; the longest is named
R3,2022-06-03,matched,2.00,u4,8,,the only account with long calls to it that day; the longest is named
R4,2022-06-02,ambiguous,,,,,several accounts have long calls to it that day
R5,2022-06-03,unmatched,,,,,no long call to it that day
R6,2022-06-02,unmatched,,,,,no long call to it
EOF
export_of only reports 'reference at verdict value account call_line seconds reason' >got
same 'the only account of that day is taken, the longest call named, of equals the first' right got
says only.err "reports.csv:5: victim '07700900125': several accounts have long calls to it that day: ambiguous, counted for none" \
    'that several have some is said'
says only.err "reports.csv:6: victim '07700900125': no long call to it that day: unmatched" 'and that none has'
export_of only suspects 'accounts reports loss first_call last_call' | sort >got
cat >right <<'EOF'
accounts,reports,loss,first_call,last_call
u1,0,0.00,2022-06-01T23:50:00Z,2022-06-02T17:00:00Z
u2,1,500.00,2022-06-02T10:05:00Z,2022-06-02T16:00:00Z
u3,1,1.00,2022-06-02T23:59:59Z,2022-06-02T23:59:59Z
u4,1,2.00,2022-06-03T00:00:00Z,2022-06-03T00:00:00Z
EOF
same 'the loss is of the account of that day' right got
must "$unspoof" export -f csv -o quality --force only.case quality
says quality '^normalise,[^,]*reports.csv,report,at,day,,6,2,6 reports are of a day without a time of day' 'what is assumed is said, with an example'
"$unspoof" show only.case call 65538 >got
says got 'matched, the only account with long calls to it that day' 'a call says why it is of a report'
"$unspoof" export -f jsonl only.case reports >got
says got '"reference":"R1",.*"at":"2022-06-02",.*"seconds":null,' 'JSON has the day too'
"$unspoof" query only.case "SELECT day(at_ms / 1000), at_day, date FROM report_read WHERE report = 1" >got
says got '2022-06-02.1.19145' 'the day is a column'
must "$unspoof" export -q -f csv -o keep --force only.case reports
for threads in 1 3; do
    must "$unspoof" correlate -q --threads $threads only.case
    must "$unspoof" export -q -f csv -o again --force only.case reports
    same "threads $threads: the same" keep again
done

# The day is that of the zone of the report's source.
mkdir zoned
cat >zoned/calls.csv <<EOF
$calls_head
2022-06-01T22:59:59Z,u1,02079460101,07700900123,300
2022-06-01T23:00:00Z,u2,02079460102,07700900123,300
2022-06-02T22:59:59Z,u2,02079460102,07700900124,300
2022-06-02T23:00:00Z,u3,02079460102,07700900124,300
2022-06-02T08:00:00Z,u4,02079460102,07700900125,300
EOF
cat >zoned/reports.csv <<EOF
$reports_head
R1,07700900123,2022-06-02,1,GBP
R2,07700900124,2022-06-02,1,GBP
R3,07700900125,2022-06-02T07:50:00Z,1,GBP
R4,07700900123,2022-06-02 UTC,1,GBP
EOF
zone=Europe/London case_of zoned
export_of zoned reports 'reference at verdict account seconds' >got
cat >right <<'EOF'
reference,at,verdict,account,seconds
R1,2022-06-02,matched,u2,
R2,2022-06-02,matched,u2,
R3,2022-06-02T07:50:00Z,matched,u4,-600
R4,2022-06-02,unmatched,,
EOF
same 'a day begins and ends on the clock of the source, or of the zone that is written' right got

# What a report names is held to.
mkdir named
cat >named/calls.csv <<EOF
$calls_head
2022-06-02 10:00:00,u1,02079460101,07700900123,300
2022-06-02 11:00:00,u2,02079460102,07700900123,300
EOF
cat >named/reports.csv <<'EOF'
reference,victim,at,presented,loss,currency
R1,07700900123,2022-06-02,02079460102,1,GBP
R2,07700900123,2022-06-02,02079460103,1,GBP
EOF
case_of named
export_of named reports 'reference verdict account reason' >got
cat >right <<'EOF'
reference,verdict,account,reason
R1,matched,u2,the only account with long calls to it that day; the longest is named
R2,unmatched,,the long calls to it that day showed another number
EOF
same 'only calls that show the number of the report' right got

# ---- calls that have only a date ----

mkdir plain
cat >plain/calls.csv <<EOF
$calls_head
2022-03-01,u1,02079460101,07700900123,300
2022-03-01 09:00:00,u1,02079460101,07700900124,300
2022-03-01 16:00:00,u2,02079460102,07700900124,300
2022-03-02,u2,02079460102,07700900125,300
2022-03-03 10:00:00,u3,02079460103,07700900126,300
2022-03-03,u3,02079460103,07700900126,400
2022-03-03 10:00:00,u3,02079460103,07700900127,300
2022-03-03,u4,02079460103,07700900127,400
EOF
cat >plain/reports.csv <<EOF
$reports_head
R1,07700900123,2022-03-01 16:10:00,1,GBP
R2,07700900125,2022-03-02,1,GBP
R3,07700900125,2022-03-01 23:59:00,1,GBP
R4,07700900126,2022-03-03 10:10:00,1,GBP
R5,07700900127,2022-03-03 10:10:00,1,GBP
EOF
case_of plain
export_of plain calls 'started notes' >got
cat >right <<'EOF'
started,notes
2022-03-01,day
2022-03-01T09:00:00Z,
2022-03-01T16:00:00Z,
2022-03-02,day
2022-03-03T10:00:00Z,
2022-03-03,day
2022-03-03T10:00:00Z,
2022-03-03,day
EOF
same 'a start is a day' right got
export_of plain accounts 'account first_call last_call' >got
cat >right <<'EOF'
account,first_call,last_call
u1,2022-03-01,2022-03-01
u2,2022-03-01T16:00:00Z,2022-03-02
u3,2022-03-03,2022-03-03
u4,2022-03-03,2022-03-03
EOF
same 'first and last: a day may be before and after all times of it' right got
for table in suspects presentations victims; do
    export_of plain $table 'first_call last_call' | sort -u >got
    ! grep T00:00:00Z got && grep -q '^2022-03-03,2022-03-03$' got
    ok "$table: the same"
done
"$unspoof" export -f table plain.case victims >got
says got ' 2022-03-02  *2022-03-02 ' 'the screen too'
"$unspoof" show plain.case call 65536 >got
says got ',started,2022-03-01,a day: the text has no time of day' 'show call'
says got ',notes,day,' 'its note'
"$unspoof" show plain.case account u2 >got
says got ',first call,2022-03-01T16:00:00Z,' 'show account: a time'
says got ',last call,2022-03-02,' 'and a day'
"$unspoof" show plain.case suspect S2 >got
says got ',last call,2022-03-02,' 'show suspect'
"$unspoof" show plain.case number +447700900125 >got
says got ',first call,2022-03-02,' 'show number'
export_of plain reports 'reference verdict account call_line seconds reason' >got
cat >right <<'EOF'
reference,verdict,account,call_line,seconds,reason
R1,matched,u1,2,,the only account with long calls to it that day; the longest is named
R2,matched,u2,5,,the only account with long calls to it that day; the longest is named
R3,unmatched,,,,no long call to it within 30 minutes
R4,matched,u3,6,600,
R5,ambiguous,,,,a long call to it that day has no time of day and may be nearer
EOF
same 'a report with a time and a call without one' right got
must "$unspoof" export -f csv -o quality --force plain.case quality
says quality '^normalise,[^,]*calls.csv,call,started,day,,4,2,4 calls begin on a day without a time of day' 'how many there are is said'

# summary FILE OPTION...: keys and values.
summary() {
    file=$1
    shift
    "$unspoof" summary -f tsv "$@" >"$file" 2>said
    grep -v '^unspoof summary: case without a reference, digest [0-9a-f]*$' said >err
}

summary got plain.case
{
    grep -E '^(calls|busiest_hour|seconds_between_calls|calls_without_time)	' got
} >figures
printf '%s\t%s\n' calls 8 busiest_hour 2022-03-03T10:00:00Z seconds_between_calls 58800.00 calls_without_time 4 >right
same 'no part in hours and in the time between calls' right figures
summary got --since 2022-03-01 --until 2022-03-02 plain.case
grep -E '^(calls|calls_without_time)	' got >figures
printf '%s\t%s\n' calls 3 calls_without_time 1 >right
same 'a day is in the window that has it' right figures
: >nothing
same 'and nothing is to be said' nothing err
summary got --since 2022-03-01T12:00:00Z --until 2022-03-03T11:00:00Z plain.case
grep -E '^(calls|calls_without_time)	' got >figures
printf '%s\t%s\n' calls 6 calls_without_time 3 >right
same 'a window that cuts days has those that begin in it' right figures
says err '3 calls have no time of day, and the window begins or ends within their day' 'which is said'

# A column of dates that is mapped alone: said, and no hours.
cat >apart.csv <<'EOF'
date,time,account,presented,dialled,talk
2022-03-01,10:00:00,u1,02079460101,07700900123,300
2022-03-01,16:00:00,u2,02079460102,07700900123,300
EOF
cat >apart.reports.csv <<EOF
$reports_head
R1,07700900123,2022-03-01 16:10:00,500,GBP
EOF
must "$unspoof" ingest -q -k call -r GB -m started=date apart.case apart.csv
must "$unspoof" ingest -q -r GB apart.case apart.reports.csv
try "$unspoof" normalise apart.case
says err 'apart.csv: 2 calls begin on a day without a time of day: they are in no hour' 'that no start has a time is said'
try "$unspoof" correlate apart.case
says err "several accounts have long calls to it that day, which have no time of day: ambiguous" 'and that this leaves a report open'
summary got apart.case
grep -E '^(busiest_hour|seconds_between_calls|calls_without_time)	' got >figures
printf '%s\t%s\n' busiest_hour '' seconds_between_calls '' calls_without_time 2 >right
same 'there is no busiest hour' right figures

# From a day to a day there are no seconds of talk.
cat >talk.csv <<'EOF'
started,answered_at,ended,account,presented,dialled,status
2022-03-01,2022-03-01,2022-03-02,u1,02079460101,07700900123,answered
2022-03-01 10:00:00,2022-03-01,2022-03-01 10:05:00,u1,02079460101,07700900123,answered
2022-03-01 10:00:00,2022-03-01 10:00:05,2022-03-01 10:05:05,u1,02079460101,07700900123,answered
EOF
must "$unspoof" run -q -r GB talk.case talk.csv
export_of talk calls 'answered long seconds seconds_from' >got
printf '%s\n' answered,long,seconds,seconds_from 1,0,, 1,0,, 1,1,300,times >right
same 'no seconds from days' right got
"$unspoof" query -q -f tsv talk.case "SELECT role, count, line, text FROM remark WHERE topic = 'day' ORDER BY role" >got
says got 'talk	2	2	2 calls have an answered_at or ended without a time of day, which tell no seconds' 'and it is said of how many calls'

# A midnight that the clocks show twice, or never, is no time of a day.
printf '%s\n' started,answered_at,ended,account,presented,dialled,status \
    '2022-11-06,,,u1,02079460101,07700900123,no answer' '2022-11-06 00:00:00,,,u1,02079460101,07700900123,no answer' \
    '2022-03-13,,,u1,02079460101,07700900123,no answer' \
    '2022-11-06,2022-11-06 00:30:00,2022-11-06 01:10:00,u1,02079460101,07700900123,answered' >calls.csv
printf '%s\n' account,paid,amount,currency u1,2022-11-06,1,GBP 'u1,2022-11-06 00:00:00,1,GBP' >payments.csv
printf '%s\n' reference,victim,at r1,07700900123,2022-11-06 r2,07700900123,2022-03-13 >reports.csv
printf '%s\n' account,at,ip u1,2022-11-06,192.0.2.1 >logins.csv
must "$unspoof" run -q -r GB -z America/Havana twice.case calls.csv payments.csv reports.csv logins.csv
export_of twice calls 'started notes' >got
printf '%s\n' started,notes 2022-11-06,day 2022-11-06T04:00:00Z,clock 2022-03-13,day '2022-11-06,clock;day' >right
same 'a day has no clock, but the times of its call have' right got
export_of twice payments 'paid notes' >got
printf '%s\n' paid,notes 2022-11-06, 2022-11-06T04:00:00Z,clock >right
same 'a payment of a day has none' right got
"$unspoof" query -q -f csv twice.case 'SELECT clock, at_day, day(at_ms / 1000), date, utc(day_from), utc(day_until) FROM report_read
    UNION ALL SELECT clock, at_day, day(at), 0, 0, 0 FROM login_read' | sed 1d >got
cat >right <<'EOF'
0,1,2022-11-06,19302,2022-11-06T04:00:00Z,2022-11-07T05:00:00Z
0,1,2022-03-13,19064,2022-03-13T05:00:00Z,2022-03-14T04:00:00Z
0,1,2022-11-06,0,0,0
EOF
same 'a report of a day is from its first midnight on' right got

# A time tells its zone by an abbreviation, and its day is that of the clocks of its source.
printf '%s\n' started,answered_at,ended,account,presented,dialled,status \
    '2022-10-30 01:30:00 BST,2022-10-30 01:31:00 BST,2022-10-30 01:31:30 GMT,u1,02079460101,07700900123,answered' \
    '2022-10-31,,,u1,02079460101,07700900123,no answer' >calls.csv
printf '%s\n' reference,victim,at 'r1,07700900123,2022-10-30 01:30:12.5 BST' >reports.csv
must "$unspoof" run -q -r GB -z Europe/London word.case calls.csv reports.csv
export_of word calls 'started seconds seconds_from notes' >got
printf '%s\n' started,seconds,seconds_from,notes 2022-10-30T00:30:00Z,3630,times, 2022-10-31,0,times,day >right
same 'an abbreviation tells the hour of each time' right got
export_of word reports 'at verdict seconds notes reason' >got
printf '%s\n' at,verdict,seconds,notes,reason 2022-10-30T00:30:12Z,matched,12.5,, >right
same 'and that of a report, with its fraction' right got

# ---- payments and rates ----

mkdir paid
cat >paid/calls.csv <<EOF
$calls_head
2022-06-02 14:00:00,u1,02079460102,07700900123,300
EOF
cat >paid/payments.csv <<'EOF'
account,paid,amount,currency,txid,status
u1,2022-06-02,1,BTC,a1,confirmed
u1,2022-06-02 00:30:00,1,BTC,a2,confirmed
u2,2 Jun 2022,1,BTC,a3,confirmed
EOF
cat >paid/rates.csv <<'EOF'
date,base,quote,rate
2022-06-01,BTC,GBP,100
2022-06-02,BTC,GBP,200
2022-06-03,BTC,GBP,300
EOF
printf '%s\n' paid,value,rate_date 2022-06-02,200.00,2022-06-02 2022-06-01T23:30:00Z,100.00,2022-06-01 \
    2022-06-02,200.00,2022-06-02 >right
zone=Europe/London case_of paid
export_of paid payments 'paid value rate_date' >got
same 'a payment takes the rate of its day, not that of its midnight by UTC' right got
export_of paid suspects 'accounts payments first_payment last_payment' | sort >got
printf '%s\n' accounts,payments,first_payment,last_payment u1,2,2022-06-01T23:30:00Z,2022-06-02 \
    u2,1,2022-06-02,2022-06-02 | sort >right
same 'first and last payment' right got
"$unspoof" show paid.case account u2 >got
says got ',payment,"1.00000000 BTC on 2022-06-02, confirmed' 'show account'
says got ',first payment,2022-06-02,' 'its first payment'
must "$unspoof" export -f csv -o quality --force paid.case quality
says quality 'payments.csv,payment,paid,day,,2,2,2 payments are of a day without a time of day: each takes the rate of the day that is written' \
    'which is said'
! grep -q 'rates.csv,rate,,zone' quality
ok 'dates of rates are read by no zone'

# Far from UTC, in both directions.
for zone in Pacific/Auckland America/Los_Angeles +14:00 -11:00; do
    rm -f paid.case
    case_of paid
    export_of paid payments 'paid value' | grep '^2022-06-02,' >got
    printf '%s\n' 2022-06-02,200.00 2022-06-02,200.00 >right
    same "$zone: the same" right got
done

# Midnights alone are days of rates, whatever -z; beside another time of day they are times.
for form in ' 00:00:00' 'T00:00' ' 00:00:00+01:00' ' 12:00 AM'; do
    for zone in Europe/London Asia/Tokyo America/New_York; do
        rm -f paid.case
        sed "2,\$s/,/$form,/" paid/rates.csv >rates && [ "$(grep -c "^2022-06-0.$form,BTC" rates)" = 3 ]
        ok "rates with '$form'"
        mkdir -p midnight && cp paid/calls.csv paid/payments.csv midnight && cp rates midnight/rates.csv
        rm -f midnight.case
        case_of midnight
        export_of midnight payments 'paid value rate_date' | grep '^2022-06-02,' >got
        printf '%s\n' 2022-06-02,200.00,2022-06-02 2022-06-02,200.00,2022-06-02 >right
        same "$zone: they keep their date" right got
    done
done
must "$unspoof" export -f csv -o quality --force midnight.case quality
says quality 'rates.csv,rate,date,day,,3,2,"3 rates are of midnights, as all of the source: each is of the day that is written' \
    'which is said'
cat >midnight/rates.csv <<'EOF'
date,base,quote,rate
2022-06-01 00:00:00,BTC,GBP,100
2022-06-02 12:00:00,BTC,GBP,200
2022-06-04 00:00:00,BTC,GBP,300
EOF
rm -f midnight.case
zone=Europe/London case_of midnight
"$unspoof" query -f tsv midnight.case 'SELECT day(86400 * day) FROM rate_read ORDER BY rate' | tail -n +2 >got
printf '%s\n' 2022-05-31 2022-06-02 2022-06-03 >right
same 'beside another time a midnight is a time' right got

# A loss of a report that is a day is at the rate of that day.
cat >midnight/rates.csv <<'EOF'
date,base,quote,rate
2022-06-01,BTC,GBP,100
2022-06-02,BTC,GBP,200
EOF
cat >midnight/reports.csv <<EOF
$reports_head
R1,07700900123,2022-06-02,2,BTC
EOF
rm -f midnight.case
zone=Europe/London case_of midnight
export_of midnight reports 'reference at verdict value' >got
printf '%s\n' reference,at,verdict,value R1,2022-06-02,matched,400.00 >right
same 'a loss takes the rate of the day of its report' right got

# ---- logins and accounts ----

cat >accounts.csv <<'EOF'
account,registered
u1,2021-05-06
u2,2021-05-06 07:08:09
EOF
cat >logins.csv <<'EOF'
account,at,ip
u1,2021-05-07,192.0.2.1
u2,2021-05-07 07:08:09,192.0.2.2
EOF
must "$unspoof" ingest -q -z Asia/Tokyo small.case accounts.csv logins.csv
must "$unspoof" normalise -q small.case
"$unspoof" query -f tsv small.case 'SELECT CASE WHEN registered_day THEN day(registered) ELSE utc(registered) END,
    CASE WHEN at_day THEN day(at) ELSE utc(at) END FROM account_read JOIN login_read USING (key)' | tail -n +2 >got
printf '%s\t%s\n' 2021-05-06 2021-05-07 2021-05-05T22:08:09Z 2021-05-06T22:08:09Z >right
same 'they are days too' right got

# ---- the same case, the same bytes ----

must "$unspoof" verify -q plain.case
ok 'a case with days holds'
done_testing
