#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Two columns that make a time, and values that are said for all rows: read, shown as what they are, and read again.
. "${srcdir:-.}/tests/lib.sh"
twins

# found SQL: what a query over the case gives, in file got.
found() {
    "$unspoof" query -q -f tsv case "$1" 2>/dev/null | tail -n +2 >got
}

# are NAME LINE...: that is this.
are() {
    name=$1
    shift
    printf '%s\n' "$@" >want
    same "$name" want got
}

# holds NAME: every row of the case is what its source says.
holds() {
    try "$unspoof" verify --rows all case
    status_is 0 "$1"
    says out ', 0 sources could not be$' "$1: all of them"
}

# refused PATTERN NAME OPTION...: ingest of prices.csv, say.
refused() {
    pattern=$1
    name=$2
    shift 2
    try "$unspoof" ingest new.case "$@"
    status_is 2 "$name"
    says err "$pattern" "$name: why"
    [ ! -e new.case ]
    ok "$name: no case is made"
}

# ---- date and time apart ----

cat >calls.csv <<'END'
date,time,account,presented,dialled,talk
2022-03-01,10:00:00,u1,02079460101,07700900123,300
2022-03-01,16:00:00,u2,02079460102,07700900123,300
END
cat >reports.csv <<'END'
reference,victim,at,loss,currency
R1,07700900123,2022-03-01 16:10:00,500,GBP
END
must "$unspoof" ingest -q -k call -r GB -m started=date+time case calls.csv
must "$unspoof" ingest -q -r GB case reports.csv
must "$unspoof" normalise -q case
must "$unspoof" correlate -q case
found 'SELECT started, utc(started_utc) FROM call ORDER BY id'
are 'the found text is both, the time is theirs' "2022-03-01 10:00:00	2022-03-01T10:00:00Z" "2022-03-01 16:00:00	2022-03-01T16:00:00Z"
"$unspoof" summary -q -f csv case >summary
says summary '^busiest_hour,2022-03-01T1[06]:00:00Z$' 'hours are those of the times'
says summary '^seconds_between_calls,21600\.00$' 'and so are intervals'
says summary '^reports_matched,1$' 'the report is matched'
found "SELECT k.account FROM report_match m JOIN call c ON c.id = m.segment * 65536 + m.row JOIN account_key k ON k.id = c.account_key"
are 'to the call before it' u2
"$unspoof" export -q -f csv case sources >sources
says sources 'started=date\+time \(joined\)' 'the source says that they are joined'
holds 'joined times are read again'
must sqlite3 case "UPDATE source SET recipe = replace(recipe, 'joined 2', 'joined 3') WHERE id = 1; DELETE FROM run"
must "$unspoof" ingest -q case calls.csv -k call -r GB -m started=date+time
try "$unspoof" verify --rows all case
status_is 4 'another second column is found out'

rm -f case
sed 1d calls.csv >bare.csv
must "$unspoof" ingest -q -k call -r GB -m started=1+2 -m account=3 -m presented=4 -m dialled=5 -m talk=6 case bare.csv
found 'SELECT started FROM call ORDER BY id'
are 'by position' '2022-03-01 10:00:00' '2022-03-01 16:00:00'
holds 'and read again'

# Parts that are not there; `ended` may be missing, `started` may not.
cat >parts.csv <<'END'
d,t,ed,et,account,presented,dialled
2022-03-01,10:00:00,2022-03-01,10:01:00,u,,07700900123
2022-03-01,10:00:00,2022-03-01,,u,,07700900123
2022-03-01,10:00:00,,10:01:00,u,,07700900123
2022-03-01,10:00:00,NULL,10:01:00,u,,07700900123
2022-03-01,10:00:00,2022-03-01,NULL,u,,07700900123
,10:00:00,,,u,,07700900123
2022-03-01,nonsense,,,u,,07700900123
END
rm -f case
try "$unspoof" ingest -k call -r GB -m started=d+t -m ended=ed+et case parts.csv
status_is 0 'parts of times may be missing'
says err "^parts.csv:7: started '': needed, and empty$" 'a time without its date is none'
says err "^parts.csv:8: started '2022-03-01 nonsense': is no time: " 'what is no time is told with both parts'
found "SELECT coalesce(ended, '-') FROM call ORDER BY id"
are 'a date alone, or no time' '2022-03-01 10:01:00' '2022-03-01' '' 'NULL' '2022-03-01'
holds 'parts are read again'

awk 'BEGIN { print "d,t,account,presented,dialled"; printf "2022-03-01,10:00:00%0200d,u,,07700900123\n", 0; print "2022-03-01,10:00:00,u,,07700900123" }' >long.csv
rm -f case
try "$unspoof" ingest -k call -r GB -m started=d+t case long.csv
says err "^long.csv:2: started '2022-03-01': is no time: two columns of over 199 bytes$" 'what is too long for a time is one'
holds 'and read again'

# ---- a header of the very name ----

printf 'date+time,date,time,account,presented,dialled\n2022-03-05 10:00:00,2022-03-01,11:00:00,u,,07700900123\n' >both.csv
rm -f case
must "$unspoof" ingest -q -k call -r GB -m started=date+time case both.csv
found 'SELECT started FROM call'
are 'a header date+time is that column' '2022-03-05 10:00:00'
printf 'a+b,c,a,b+c,account,presented,dialled\n2022-03-01,10:00:00,2022-03-02,11:00:00,u,,07700900123\n' >ways.csv
refused "'a\+b\+c' can be parted into two columns in 2 ways: give their positions, -m started=NUMBER\+NUMBER" 'two ways to part it' \
    -k call -m started=a+b+c ways.csv
refused "there is no column 'date\+hour'; the header has: date, time" 'a part that is no column' -k call -m started=date+hour calls.csv
refused "there is no column 'date\+time', and role account is no time, which alone is made of two columns" 'two columns for what is no time' \
    -k call -m started=date -m account=date+time calls.csv

# ---- a profile ----

cat >apart.profile <<'END'
name apart
kind call
region GB
role started date+time
role account account
role presented presented
role dialled dialled
role currency =GBP
role cost talk
END
rm -f case
must "$unspoof" ingest -q -p ./apart.profile case calls.csv
found "SELECT started, currency FROM call ORDER BY id LIMIT 1"
are 'a profile joins columns and says values' "2022-03-01 10:00:00	GBP"
holds 'and its rows are read again'
printf 'Call date,Call time,account,presented,dialled,=GBP\n2022-03-01,10:00:00,u,,07700900123,EUR\n' >named.csv
sed -e 's/^role started.*/role started "Call date"+"Call time"/' -e '/cost/d' apart.profile >quoted.profile
rm -f case
must "$unspoof" ingest -q -p ./quoted.profile case named.csv
found 'SELECT started, currency FROM call'
are 'names in quotes, and a header that is called =GBP' "2022-03-01 10:00:00	EUR"
sed -e 's/"Call date"+"Call time"/"Call date+Call time"/' quoted.profile >wrong.profile
refused "there is no column 'Call date\+Call time'" 'a name in quotes is one column' -p ./wrong.profile named.csv

# ---- values that are said ----

cat >prices.csv <<'END'
snapped_at,price,market_cap,total_volume
2023-04-28 00:00:00 UTC,23050.44,1,2
2023-04-29 00:00:00 UTC,23500.5,1,2
END
rm -f case
try "$unspoof" ingest -k rate -m date=snapped_at -m rate=price -m base==BTC -m quote==GBP case prices.csv
status_is 0 'prices without base and quote load as they are'
says err "^prices.csv: base is 'BTC' in 2 rows because that was said; the source does not say it; " 'what is said is told'
[ "$(grep -c "base is 'BTC'" err)" = 1 ]
ok 'and told once'
found 'SELECT date, base, quote, rate FROM rate ORDER BY id'
are 'and the rates are there' "2023-04-28 00:00:00 UTC	BTC	GBP	23050.44" "2023-04-29 00:00:00 UTC	BTC	GBP	23500.5"
found "SELECT role, value, count FROM source_remark WHERE topic = 'asserted' ORDER BY role"
are 'the case keeps it' "base	BTC	2" "quote	GBP	2"
"$unspoof" export -q -f csv case sources >sources
says sources 'base==BTC \(asserted\);quote==GBP \(asserted\)' 'the source has it'
holds 'prices are read again'
says err "^prices.csv: source 1: base 'BTC' is asserted \(-m base==VALUE\) and no byte of it$" 'verify tells it'
try "$unspoof" verify -q case
[ ! -s err ]
ok 'unless it is to be quiet'
"$unspoof" sniff -k rate -m date=snapped_at -m rate=price -m base==BTC -m quote==GBP prices.csv >out
says out 'roles: date=snapped_at, base==BTC \(asserted\), quote==GBP \(asserted\), rate=price$' 'sniff tells it'
sed '1s/market_cap/=BTC/; s/,1,2/,ETH,2/' prices.csv >headed.csv
rm -f case
must "$unspoof" ingest -q -k rate -m date=snapped_at -m rate=price -m base==BTC -m quote==GBP case headed.csv
found 'SELECT DISTINCT base FROM rate'
are 'a header =BTC is that column' ETH
rm -f case
must "$unspoof" ingest -q -k rate -m date=snapped_at -m rate=price -m base==BTC -m quote==GBP case prices.csv
must sqlite3 case "UPDATE source SET recipe = replace(recipe, 'base 0 0 BTC', 'base 0 0 ETH'); DELETE FROM run"
must "$unspoof" ingest -q -k rate -m date=snapped_at -m rate=price -m base==BTC -m quote==GBP case prices.csv
try "$unspoof" verify --rows all case
status_is 4 'another value is found out'
rm -f case
must "$unspoof" ingest -q -k call -r GB -m started=date+time -m account==u9 -m currency==GBP -m cost=talk case calls.csv
found 'SELECT account, currency FROM call'
are 'calls of one account' "u9	GBP" "u9	GBP"
call=$("$unspoof" query -q -f tsv case 'SELECT min(id) FROM call' | tail -n 1)
"$unspoof" show -f csv case call "$call" >out 2>err
says out '^found,account,u9,"asserted for all rows, not found",calls.csv,' 'show tells it'
says out '^found,dialled,07700900123,,calls.csv,' 'and not of what is found'
holds 'calls are read again'
try "$unspoof" ingest -k call -r GB -m started=date+time -m account==u8 -m currency==GBP -m cost=talk case calls.csv
status_is 1 'another value is another reading'
rm -f case
printf '%s\n' 'when;paid' '2022-03-01 10:00:00;0.5' >paid.csv
must "$unspoof" ingest -q -k payment -m paid=when -m amount=paid -m account==u1 -m currency==BTC -m status==paid case paid.csv
must "$unspoof" normalise -q case
found 'SELECT amount, currency, confirmed FROM payment_read'
are 'a payment that is all said' "50000000	BTC	1"

set -- -k rate -m date=snapped_at -m rate=price
refused "base 'BTX': " 'a currency that there is not' "$@" -m base==BTX -m quote==GBP prices.csv
refused 'role base: no value follows the second = sign' 'an empty value' "$@" -m base== -m quote==GBP prices.csv
refused "role date of kind rate cannot be '2022' in all rows: a time is that of its row" 'a time' -k rate -m date==2022 prices.csv
refused "role rate of kind rate cannot be '1' in all rows: an amount is that of its row" 'an amount' -k rate -m date=snapped_at -m rate==1 prices.csv
refused "role call_id of kind call cannot be '1' in all rows: it tells one row from another" 'an id' -k call -m started=date+time -m call_id==1 calls.csv
refused "role account cannot be 'unknown' in all rows: that stands for no value; -m account= says that there is none" 'a word for no value' \
    -k call -m started=date+time -m account==unknown calls.csv
refused "role email of kind account cannot be 'a@example.com' in all rows: it ties accounts" 'what ties accounts' -k account -m email==a@example.com calls.csv
refused 'no column plays it: say -m base=COLUMN, or -m base==VALUE if it is the same in all rows; ' 'what is missing leads there' "$@" prices.csv

twins_agree
done_testing
