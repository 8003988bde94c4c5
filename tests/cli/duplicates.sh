#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rows that are there twice, as where dumps overlap: what counts once, what counts, what is said.
. "${srcdir:-.}/tests/lib.sh"

# file FILE HEADER ROW...
file() {
    into=$1
    shift
    for line; do printf '%s\n' "$line"; done >"$into"
}

# build SOURCE...: a new case, ingested and normalised; what normalise says is in said.
build() {
    rm -f case
    must "$unspoof" ingest -q -r GB -c GBP case "$@"
    try "$unspoof" normalise --threads 2 case
    cp err said
    [ "$status" = 0 ] || status_is 0 "understood: $*"
}

# figures NAME [OPTION...]: the figures of the case are those on standard input.
figures() {
    cat >expected
    name=$1
    shift
    must "$unspoof" correlate -q --threshold 0 "$@" case
    "$unspoof" summary -f tsv case | grep -E '^(calls|long_calls|victims|spend|reports|loss)	' | tr '\t\n' '= ' >got
    echo >>got
    same "$name" expected got
}

# says_not PATTERN NAME: no line of what normalise said matches.
says_not() {
    ! grep -E -- "$1" said | sed 's/^/# /' | grep . >&2
    ok "$2"
}

calls='call_id,started,account,presented,dialled,talk,status,cost'
pays='payment_id,account,paid,amount,currency,txid,status'
tx1=1111111111111111111111111111111111111111111111111111111111111111
tx2=2222222222222222222222222222222222222222222222222222222222222222

# The two cases that came from users.
file c1.csv "$calls" 'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,61,ANSWERED,1' \
    'c2,2023-03-31 23:00:00,u1,02079460101,07700900124,62,ANSWERED,1'
file c2.csv "$calls" 'c2,2023-03-31 23:00:00,u1,02079460101,07700900124,62,ANSWERED,1' \
    'c3,2023-04-01 10:00:00,u1,02079460101,07700900125,63,ANSWERED,1'
file p1.csv "$pays" "P1,u1,2023-03-30 10:00:00,1,GBP,$tx1,confirmed" "P2,u1,2023-03-31 10:00:00,2,GBP,$tx2,confirmed"
file p2.csv "$pays" "P2,u1,2023-03-31 10:00:00,2,GBP,$tx2,confirmed" "P3,u1,2023-04-01 10:00:00,3,GBP,,confirmed"
file r1.csv reference,victim,at,loss,currency 'CR1,07700900124,2023-03-31 23:01:00,500,GBP' \
    'CR1,07700900124,2023-03-31 23:01:00,500,GBP'
build c1.csv c2.csv p1.csv p2.csv r1.csv
figures 'overlapping dumps: each row once' <<'X'
calls=3 long_calls=3 victims=3 spend=6.00 reports=1 loss=500.00 
X
says said '^c2.csv: 1 rows of calls are there twice and count once; line 2 as c1.csv:3; ' 'calls: said, with the place'
says said '^p2.csv: 1 payments are there twice and count once; line 2 as p1.csv:3; ' 'payments: said'
says said '^r1.csv: 1 reports are there twice and count once; line 3 as r1.csv:2; ' 'reports: said'
must "$unspoof" correlate --threshold 0 case
says must.log '^3 rows that are there twice are left out, and count once; ' 'correlate says what it left out'
[ "$("$unspoof" query -q -f tsv case "SELECT value FROM setting WHERE key = 'duplicates'" | tail -n 1)" = once ]
ok 'the setting is kept'
"$unspoof" export -f tsv case quality | cut -f 2,3,5,7,8 | grep duplicate >got
printf '%s\n' 'c2.csv	call	duplicate	1	2' 'p2.csv	payment	duplicate	1	2' 'r1.csv	report	duplicate	1	3' \
    '		duplicate	3	' >expected
same 'what was said can be exported' expected got
try "$unspoof" show case call 131072
says out 'stood for by,call 65537,"the same call, at c1.csv:3"' 'show: what stands for a row'
try "$unspoof" show case call 65537
says out 'stands for,call 131072,"the same call, at c2.csv:2"' 'show: what a row stands for'
"$unspoof" export -f tsv case payments | cut -f 1,19,20 >got
printf '%s\n' 'payment_id	stood_for_by	stands_for' 'P1		' 'P2		p2.csv:2' 'P2	p1.csv:3	' 'P3		' >expected
same 'export: payments and what stands for them' expected got
"$unspoof" export -f tsv case calls | cut -f 1,31 | tail -n +2 >got
printf '%s\n' '65536	' '65537	131072' '131073	' >expected
same 'export: each call once' expected got
must "$unspoof" verify -q case
# Two calls are equally near to the reports then, which are of none.
figures 'kept: all count' --duplicates keep <<'X'
calls=4 long_calls=4 victims=3 spend=8.00 reports=2 loss=0.00 
X
must "$unspoof" correlate --duplicates keep case
says must.log '^3 rows that are there twice count each time; ' 'keep: said too'
"$unspoof" export -f tsv case calls | cut -f 1,27,31 | tail -n +2 >got
printf '%s\n' '65536		' '65537	stands	131072' '131072	duplicate	65537' '131073		' >expected
same 'keep: export has all rows, marked' expected got
try "$unspoof" correlate --duplicates twice case
status_is 2 '--duplicates takes two words'
rm -f run.case
must "$unspoof" run -q -r GB -c GBP --threshold 0 --duplicates keep --memory 16M run.case c1.csv c2.csv
[ "$("$unspoof" summary -f tsv run.case | grep '^calls	')" = 'calls	4' ]
ok 'run hands the option on'

# Line ends and blanks around an id do not make another call; neither does the other way to write a number.
printf 'call_id,started,account,presented,dialled,talk\r\n c2 ,2023-03-31 23:00:00Z,u1,+442079460101,+447700900124,62\r\n' >crlf.csv
build c1.csv crlf.csv
figures 'another way to write it' <<'X'
calls=2 long_calls=2 victims=2 spend=0.00 reports=0 loss=0.00 
X
says said 'crlf.csv: 1 rows of calls are there twice with another status' 'a status that is not there is another'

# Most talk stands; what differs is said.
file talk.csv "$calls" 'c2,2023-03-31 23:00:00,u1,02079460101,07700900124,9,BUSY,2' \
    'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,75,ANSWERED,1'
build c1.csv talk.csv
figures 'differing talk: once, with the longest' <<'X'
calls=2 long_calls=2 victims=2 spend=0.00 reports=0 loss=0.00 
X
says said '^talk.csv: 1 rows of calls are there twice with another talk; the longest counts; line 2 as c1.csv:3' 'talk: said'
says said '^talk.csv: 1 rows of calls are there twice with another status; line 2' 'status: said'
says said '^talk.csv: 1 rows of calls are there twice with another cost; line 2' 'cost: said'
says said '^c1.csv: 1 rows of calls are there twice and count once; line 2 as talk.csv:3' 'the longest stands, wherever it is'
[ "$("$unspoof" query -q -f tsv case 'SELECT talk_ms FROM victim WHERE number = 447700900123' | tail -n 1)" = 75000 ]
ok 'the longest talk is what counts'

# The same id with another difference: all count, and it is said.
for other in '2023-03-31 23:00:01,u1,02079460101,07700900124' '2023-03-31 23:00:00,u2,02079460101,07700900124' \
    '2023-03-31 23:00:00,u1,02079460102,07700900124' '2023-03-31 23:00:00,u1,02079460101,07700900125'; do
    file clash.csv "$calls" "c2,$other,62,ANSWERED,1"
    build c1.csv clash.csv
    figures "same id, but $other: both count" <<X
calls=3 long_calls=3 victims=$(case $other in *125) echo 3 ;; *) echo 2 ;; esac) spend=0.00 reports=0 loss=0.00 
X
    says said '^clash.csv: 1 rows of calls have the call_id of a row that differs in .*; all count; line 2 is one' 'it is said'
done

# Ids are compared within a service, and within a source too.
rm -f case
must "$unspoof" ingest -q -r GB --service one case c1.csv
must "$unspoof" ingest -q -r GB --service two case c2.csv
must "$unspoof" normalise case
figures 'two services: all count' <<'X'
calls=4 long_calls=4 victims=3 spend=0.00 reports=0 loss=0.00 
X
! grep -q 'twice' must.log
ok 'two services: nothing is said'
file twice.csv "$calls" 'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,61,ANSWERED,1' \
    'c5,2023-03-31 11:00:00,u1,02079460101,07700900123,61,ANSWERED,1' \
    'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,61,ANSWERED,1'
build twice.csv
figures 'one source has a row twice: once' <<'X'
calls=2 long_calls=2 victims=1 spend=0.00 reports=0 loss=0.00 
X

# Of many rows with one id, equal and not.
row='c1,2023-03-31 10:00:00,u1,02079460101,07700900123'
{ echo "$calls"; yes "$row,61,ANSWERED,1" | head -n 200; } >many.csv
build many.csv
figures 'two hundred equal rows: once' <<'X'
calls=1 long_calls=1 victims=1 spend=0.00 reports=0 loss=0.00 
X
says said '^many.csv: 199 rows of calls are there twice and count once; line 3 as many.csv:2' 'all of them are told'
for line in 2 60 64 65 66 150 201; do
    awk -v line=$line 'NR == line { sub("61,ANSWERED", "75,BUSY") } { print }' many.csv >other.csv
    sed "${line}s/07700900123/07700900124/" other.csv >clash.csv
    build other.csv
    figures "one of them, line $line, has other talk: once" <<'X'
calls=1 long_calls=1 victims=1 spend=0.00 reports=0 loss=0.00 
X
    says said "^other.csv: 199 rows of calls are there twice and count once; line .* as other.csv:$line" 'the longest stands'
    says said '^other.csv: 199 rows of calls are there twice with another talk' 'that is told'
    build clash.csv
    figures "one of them, line $line, has another number: two" <<'X'
calls=2 long_calls=2 victims=2 spend=0.00 reports=0 loss=0.00 
X
    says said '^clash.csv: 198 rows of calls are there twice and count once' 'the others are one'
    says said '^clash.csv: 1 rows of calls have the call_id of a row that differs' 'and it is told'
done

# Rows without an id.
bare='started,account,presented,dialled,talk,ip'
row='2023-03-31 10:00:00,u1,02079460101,07700900123,61,192.0.2.1'
file b1.csv "$bare" "$row" "$row" '2023-03-31 10:00:05,u1,02079460101,07700900123,61,192.0.2.1'
build b1.csv
figures 'no id, one source: all count' <<'X'
calls=3 long_calls=3 victims=1 spend=0.00 reports=0 loss=0.00 
X
says_not twice 'and nothing is said'
file b2.csv "$bare" "$row" "$row" "$row" '2023-03-31 10:00:06,u1,02079460101,07700900123,61,192.0.2.1'
build b1.csv b2.csv
figures 'no id, two sources: as often as in the one that has most' <<'X'
calls=5 long_calls=5 victims=1 spend=0.00 reports=0 loss=0.00 
X
says said '^b2.csv: 2 rows of calls are there twice and count once; line 2 as b1.csv:2' 'no id: said'
file b3.csv "$bare" '2023-03-31 10:00:00,u1,02079460101,07700900123,61,192.0.2.9'
build b1.csv b3.csv
figures 'no id, another role differs: all count' <<'X'
calls=4 long_calls=4 victims=1 spend=0.00 reports=0 loss=0.00 
X
says said '^b3.csv: 1 rows of calls have start, account and numbers of a row of another source, but' 'and it is said'
file m1.csv "$bare" '2023-03-31 10:00,u1,02079460101,07700900123,61,192.0.2.1'
file m2.csv "$bare" '2023-03-31 10:00,u1,02079460101,07700900123,61,192.0.2.1' \
    '2023-03-31 10:01,u1,02079460101,07700900123,61,192.0.2.1'
build m1.csv m2.csv
figures 'times without seconds: all count' <<'X'
calls=3 long_calls=3 victims=1 spend=0.00 reports=0 loss=0.00 
X
says said '^m2.csv: 1 rows of calls are equal to rows of another source, but their times have no seconds; all count' 'said'

# Legs of two sources are one call where service, id and account are equal.
file l1.csv call_id,started,account,presented,dialled,talk 'k1,2023-03-31 10:00:00Z,u1,02079460101,07700900123,0' \
    'k1,2023-03-31 10:00:05Z,u1,02079460101,07700900124,61' 'k2,2023-03-31 10:10:00Z,u1,02079460101,07700900124,62'
file l2.csv call_id,started,account,presented,dialled,talk 'k1,2023-03-31 10:00:09Z,u1,02079460101,07700900125,70' \
    'k2,2023-03-31 10:10:00Z,u2,02079460101,07700900124,62'
cat >legs.profile <<'X'
name legs
kind call
role call_id call_id
role started started
role account account
role presented presented
role dialled dialled
role talk talk
legs call_id
X
rm -f case
try "$unspoof" ingest -q -r GB -p ./legs.profile case l1.csv l2.csv
status_is 0 'legs: ingested'
must "$unspoof" normalise case
cp must.log said
figures 'legs: one call across sources, unless the account is another' <<'X'
calls=3 long_calls=3 victims=2 spend=0.00 reports=0 loss=0.00 
X
says said '^l1.csv: 1 rows of calls are there twice and count once; line 3 as l2.csv:2' 'legs: said'
says said '^l1.csv: 1 rows of calls are there twice with another talk; the longest counts; line 3 as l2.csv:2' 'legs: another talk is said'
file l3.csv call_id,started,account,presented,dialled,talk 'k2,2023-03-31 10:10:00Z,u1,02079460101,07700900124,62'
rm -f case
must "$unspoof" ingest -q -r GB -p ./legs.profile case l1.csv l3.csv
must "$unspoof" normalise case
cp must.log said
says_not 'another talk' 'legs: the same talk is not'

# What statuses and currencies mean is compared, not how they are written.
money='call_id,started,account,presented,dialled,talk,status,cost,currency'
m='2023-03-31 23:00:00,u1,02079460101,07700900124,62'
file s1.csv "$money" "c2,$m,ANSWERED,1,GBP" "c3,$m,zz1,1,GBP" "c4,$m,NO ANSWER,1,"
for row in 'answered,1,gbp' 'OK,1.0,ZGBP' '200,1,' 'answer,1, GBP '; do
    file s2.csv "$money" "c2,$m,$row" "c3,$m,ZZ1,1,GBP" "c4,$m,no answer,1,GBP"
    build s1.csv s2.csv
    figures "the same meaning: $row" <<'X'
calls=3 long_calls=3 victims=1 spend=0.00 reports=0 loss=0.00 
X
    says_not 'another (status|cost)' "and nothing is said of it: $row"
done
file s2.csv "$money" "c2,$m,BUSY,1,EUR" "c3,$m,zz2,1,XBT"
build s1.csv s2.csv
says said '^s2.csv: 2 rows of calls are there twice with another status; ' 'another meaning, or an unknown one: said'
says said '^s2.csv: 2 rows of calls are there twice with another cost; ' 'another currency: said'
file s1.csv "${money#call_id,}" "$m,ANSWERED,1,GBP"
file s2.csv "${money#call_id,}" "$m,answered,1,"
build s1.csv s2.csv
figures 'rows without ids that mean the same' <<'X'
calls=1 long_calls=1 victims=1 spend=0.00 reports=0 loss=0.00 
X

# One dump with ids, the other without: all count, and it is said.
file i1.csv call_id,started,account,presented,dialled,talk 'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,61' \
    'c2,2023-03-31 11:00:00,u1,02079460101,07700900124,62' 'c3,2023-03-31 12:00:00,u1,02079460101,07700900125,63'
file i2.csv started,account,presented,dialled,talk '2023-03-31 11:00:00,u1,02079460101,07700900124,62' \
    '2023-03-31 12:00:00,u1,+442079460101,07700900125,64' '2023-03-31 13:00:00,u1,02079460101,07700900123,61'
for order in 'i1.csv i2.csv' 'i2.csv i1.csv'; do
    # shellcheck disable=SC2086
    build $order
    figures "with ids and without: all count: $order" <<'X'
calls=6 long_calls=6 victims=3 spend=0.00 reports=0 loss=0.00 
X
    says said '^i2.csv: 2 rows of calls have no call_id, but account, start and numbers of a row of another source that has one; all count; line 2 as i1.csv:3; if the dumps overlap, ' "it is said: $order"
    [ "$(grep -c 'no call_id, but' said)" = 1 ]
    ok 'once'
    must "$unspoof" verify -q case
done
rm -f case
must "$unspoof" ingest -q -r GB -m call_id= case i1.csv
must "$unspoof" ingest -q -r GB case i2.csv
must "$unspoof" normalise case
figures 'as the remedy says: once where they are equal' <<'X'
calls=5 long_calls=5 victims=3 spend=0.00 reports=0 loss=0.00 
X
rm -f case
must "$unspoof" ingest -q -r GB --service one case i1.csv
must "$unspoof" ingest -q -r GB --service two case i2.csv
must "$unspoof" normalise case
cp must.log said
says_not 'no call_id' 'two services: nothing is said'
file i3.csv call_id,started,account,presented,dialled,talk 'c1,2023-03-31 10:00:00,u1,02079460101,07700900123,61' \
    ',2023-03-31 10:00:00,u1,02079460101,07700900123,61'
build i3.csv
says_not 'no call_id' 'one source: nothing is said'
build i1.csv i3.csv
says said '^i3.csv: 1 rows of calls have no call_id, but .*; line 3 as i1.csv:2' 'rows without an id of a source that has some'

# Payments, each rule with its opposite: NAME SPEND ROW...
payments() {
    name=$1 spend=$2
    shift 2
    file p.csv "$pays" "$@"
    build p.csv
    figures "payments: $name" <<X
calls=0 long_calls=0 victims=0 spend=$spend reports=0 loss=0.00 
X
}
a='u1,2023-03-30 10:00:00,1,GBP'
payments 'the same id and all' 1.00 "P1,$a,$tx1,confirmed" "P1,$a,$tx1,confirmed"
payments 'one has no id' 1.00 "P1,$a,$tx1,confirmed" ",$a,$tx1,confirmed"
payments 'none has an id' 1.00 ",$a,$tx1,confirmed" ",$a,$tx1,confirmed"
payments 'two ids' 2.00 "P1,$a,$tx1,confirmed" "P2,$a,$tx1,confirmed"
payments 'two transactions' 2.00 ",$a,$tx1,confirmed" ",$a,$tx2,confirmed"
payments 'two outputs' 2.00 ",$a,$tx1:0,confirmed" ",$a,$tx1:1,confirmed"
payments 'one output, written in two ways' 1.00 ",$a,$tx1:1,confirmed" ",$a,$tx1-1,confirmed"
payments 'two accounts' 2.00 "P1,$a,$tx1,confirmed" "P1,u2,2023-03-30 10:00:00,1,GBP,$tx1,confirmed"
says said 'p.csv: 1 payments have the payment_id of another payment, but differ' 'that is said'
payments 'two amounts' 3.00 "P1,$a,$tx1,confirmed" "P1,u1,2023-03-30 10:00:00,2,GBP,$tx1,confirmed"
payments 'two times' 2.00 "P1,$a,$tx1,confirmed" "P1,u1,2023-03-30 10:00:01,1,GBP,$tx1,confirmed"
payments 'a later status: confirmed' 1.00 "P1,$a,,pending" "P1,u1,2023-03-30 10:05:00,1,GBP,$tx1,confirmed"
says said 'p.csv: 1 payments are there with another status too; the later paid, else the later source and row' 'that is said'
payments 'a later status: failed' 0.00 "P1,$a,$tx1,confirmed" "P1,$a,$tx1,failed"
payments 'a later time wins, wherever its row is' 1.00 "P1,u1,2023-03-30 10:05:00,1,GBP,$tx1,confirmed" "P1,$a,$tx1,pending"
payments 'nothing tells them apart' 2.00 ",$a,,confirmed" ",$a,,confirmed"
says said 'p.csv: 1 payments are equal to another one, and have neither payment_id nor txid' 'that is said'
# No status is none: it replaces nothing, and is replaced.
for none in '' ' ' NULL; do
    payments "a later row without a status ('$none')" 1.00 "P1,$a,$tx1,paid" "P1,$a,$tx1,$none"
    payments "an earlier row without a status ('$none')" 1.00 "P1,$a,$tx1,$none" "P1,$a,$tx1,paid"
    payments "neither replaces an unpaid one ('$none')" 0.00 "P1,$a,$tx1,pending" "P1,$a,$tx1,$none"
    payments "at another time, without a status ('$none')" 1.00 "P1,$a,$tx1,paid" "P1,u1,2023-03-30 10:05:00,1,GBP,$tx1,$none"
    says said 'p.csv: 1 payments have the payment_id of another payment, but differ' 'that is said'
done
payments 'no status between two' 0.00 "P1,$a,$tx1,paid" "P1,$a,$tx1," "P1,u1,2023-03-30 10:05:00,1,GBP,$tx1,refunded"
payments 'no status has an id, one without has' 0.00 "P1,$a,$tx1," ",$a,$tx1,paid"
says said 'p.csv: 1 payments are there with another status too' 'that is said'
# What statuses say is compared, not how they are written.
payments 'the same status in another case, at another time' 2.00 "P1,$a,$tx1,paid" "P1,u1,2023-03-30 10:05:00,1,GBP,$tx1,PAID"
for word in Paid CONFIRMED completed; do
    payments "another word for paid: $word" 1.00 "P1,$a,$tx1,paid" "P1,$a,$tx1,$word"
    says_not 'another status' 'and nothing is said of a status'
done
payments 'two unknown words' 0.00 "P1,$a,$tx1,zz1" "P1,$a,$tx1,zz2"
says said 'p.csv: 1 payments are there with another status too' 'that is said'
# One notion of a transaction: case, 0x, and how an output is written.
upper=ABCDEF1111111111111111111111111111111111111111111111111111111111
lower=abcdef1111111111111111111111111111111111111111111111111111111111
for two in "$upper $lower" "0x$upper $lower" "0X$upper 0x$lower" "0x$upper:1 $lower-1" "$lower:01 0x$upper:1"; do
    payments "one transaction: $two" 1.00 ",$a,${two% *},paid" ",$a,${two#* },paid"
done
payments 'two outputs behind 0x' 2.00 ",$a,0x$lower:0,paid" ",$a,0x$lower:1,paid"
file q1.csv "$pays" ",$a,,confirmed" ",$a,,confirmed"
file q2.csv "$pays" ",$a,,confirmed" ',u1,2023-03-30 10:00:07,1,GBP,,confirmed'
build q1.csv q2.csv
figures 'payments without id and txid: as often as in the source that has most' <<'X'
calls=0 long_calls=0 victims=0 spend=3.00 reports=0 loss=0.00 
X

# What a later status replaced is still a row of its payment: equal rows of a source without ids are that.
b='u1,2023-03-30 10:05:00,1,GBP'
for tx in '' "$tx1"; do
    file q1.csv "$pays" "P1,$a,$tx,paid" "P1,$b,$tx,settled"
    file q2.csv "$pays" ",$a,$tx,paid" ",$b,$tx,settled"
    for order in 'q1.csv q2.csv' 'q2.csv q1.csv'; do
        # shellcheck disable=SC2086
        build $order
        figures "a replaced row against one without an id: $order, txid '$tx'" <<'X'
calls=0 long_calls=0 victims=0 spend=1.00 reports=0 loss=0.00 
X
    done
done
file q3.csv "$pays" "P1,$a,,paid" "P1,$b,,settled"
build q1.csv q3.csv q2.csv
figures 'the same in three sources' <<'X'
calls=0 long_calls=0 victims=0 spend=1.00 reports=0 loss=0.00 
X
# A source that has the payment and an equal row has two.
file q1.csv "$pays" "P1,$a,,paid"
file q2.csv "$pays" "P1,$a,,paid" ",$a,,paid"
file q3.csv "$pays" ",$a,,paid" ",$a,,paid" ",$a,,paid"
build q1.csv q2.csv
figures 'one with an id in both, and one more' <<'X'
calls=0 long_calls=0 victims=0 spend=2.00 reports=0 loss=0.00 
X
build q1.csv q2.csv q3.csv
figures 'and in a source without ids that has most' <<'X'
calls=0 long_calls=0 victims=0 spend=3.00 reports=0 loss=0.00 
X

# Reports.
file r2.csv reference,victim,at,loss,currency 'CR1,07700900124,2023-03-31 23:01:00,500,GBP' \
    'CR1,07700900124,2023-03-31 23:01:00,700,GBP' 'CR1,07700900124,2023-03-31 23:02:00,500,GBP' \
    'CR2,07700900124,2023-03-31 23:01:00,500,GBP'
build c1.csv r2.csv
figures 'reports: another reference, time or loss is another' <<'X'
calls=2 long_calls=2 victims=2 spend=0.00 reports=4 loss=2200.00 
X
says said '^r2.csv: 1 reports have reference, victim and time of another one, but another loss; all count; line 3' 'said'

# What else is there twice changes no figure; where it contradicts itself correlate says so.
file ra.csv date,base,quote,rate '2023-03-30,EUR,GBP,2'
file rb.csv date,base,quote,rate '2023-03-30,EUR,GBP,2' '2023-03-31,EUR,GBP,3'
file oa.csv number,organisation '02079460101,Bank'
file ob.csv number,organisation '02079460101,Bank' '02079460102,Tax'
file aa.csv account,email,login 'u1,a@example.com,al'
file ab.csv account,email,login 'u1,a@example.com,al' 'u2,b@example.com,be'
file la.csv account,at,ip,device 'u1,2023-03-30 10:00:00,192.0.2.1,d1'
file lb.csv account,at,ip,device 'u1,2023-03-30 10:00:00,192.0.2.1,d1' 'u2,2023-03-30 11:00:00,192.0.2.2,d2'
file e.csv "$pays" "P1,u1,2023-03-30 10:00:00,1,EUR,$tx1,confirmed"
for sources in 'rb.csv ob.csv ab.csv lb.csv' 'ra.csv rb.csv oa.csv ob.csv aa.csv ab.csv la.csv lb.csv'; do
    # shellcheck disable=SC2086
    build $sources e.csv c1.csv
    must "$unspoof" correlate -q case
    for table in suspects accounts presentations victims; do "$unspoof" export -f csv case $table; done >tables
    "$unspoof" summary case >>tables
    [ -f tables.once ] || cp tables tables.once
done
same 'accounts, logins, rates and organisations twice: the same figures' tables.once tables
file rc.csv date,base,quote,rate '2023-03-30,EUR,GBP,4'
build ra.csv rc.csv e.csv
try "$unspoof" correlate case
says err 'rc.csv:2: a second rate EUR to GBP for 2023-03-30, and not that of ra.csv:2' 'two rates for a day: an error'
file oc.csv number,organisation '02079460101,Other'
build oa.csv oc.csv c1.csv
try "$unspoof" correlate case
says err "oc.csv:2: number '.442079460101': given to 'Other', but oa.csv:2 gives it to 'Bank'" 'two organisations: said'

# Many rows: threads and memory make no difference, and neither does an interruption.
awk 'BEGIN { print "call_id,started,account,presented,dialled,talk"
    for (i = 0; i < 150000; i++) { k = i * 7919 % 150000; s = k % 60; m = int(k / 60) % 60; h = int(k / 3600) % 24
        d = 1 + int(k / 86400)
        printf "x%d,2023-03-%02d %02d:%02d:%02d,u%d,02079460%03d,07700900%03d,%d\n", k, d, h, m, s, k % 7, k % 100, k % 900, k % 130 } }' >big1.csv
{ head -n 1 big1.csv; awk 'NR > 1 && NR % 3 == 0' big1.csv; } >big2.csv
for options in '--threads 1' '--threads 2' '--threads 8' '--threads 2 --memory 16M'; do
    rm -f big.case
    must "$unspoof" ingest -q -r GB big.case big1.csv big2.csv
    # shellcheck disable=SC2086
    must "$unspoof" normalise $options big.case
    cp must.log "said.$options"
    sqlite3 big.case '.dump understood' '.dump segment_read' '.dump remark' | sha256sum >"sum.$options"
    cmp -s 'sum.--threads 1' "sum.$options" && cmp -s 'said.--threads 1' "said.$options"
    ok "the same bytes with $options"
done
must "$unspoof" correlate -q big.case
[ "$("$unspoof" summary -f tsv big.case | grep '^calls	')" = 'calls	150000' ]
ok 'a third of the rows again: none counts twice'
"$unspoof" normalise big.case >out 2>err &
sleep 0.1
kill -INT $! 2>/dev/null
wait $!
try "$unspoof" verify -q big.case
status_is 0 'an interrupted normalise leaves the case good'
must "$unspoof" normalise big.case
sqlite3 big.case '.dump understood' '.dump segment_read' '.dump remark' | sha256sum >sum.again
same 'and can be run again' 'sum.--threads 1' sum.again

# Words that are no value are no ids: of a call, a payment, a transaction.
for word in NULL '\N' n/a; do
    file none.csv "$calls" "$word,2022-03-01 10:00:00,a,02079460001,07700900001,90,ANSWERED,1" \
        "$word,2022-03-01 10:00:00,a,02079460001,07700900001,90,ANSWERED,1"
    file nopay.csv "$pays" "$word,a,2022-03-01 10:00:00,5.00,GBP,$word,paid" "$word,a,2022-03-01 10:00:00,5.00,GBP,$word,paid"
    build none.csv nopay.csv
    figures "rows whose ids are $word all count" <<'END'
calls=2 long_calls=2 victims=1 spend=10.00 reports=0 loss=0.00 
END
done
done_testing
