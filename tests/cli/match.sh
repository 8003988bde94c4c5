#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A watch-list: identifiers in every form against every role, hits with their rows, misses too; counts against SQL.
. "${srcdir:-.}/tests/lib.sh"

cat >calls.csv <<'END'
started,account,presented,dialled,duration,talk,status,cost,ip
2022-03-01 10:00:00,u0,Bank <+442079460001>,07700900011,30,20,ANSWERED,1,192.0.2.1:5060
2022-03-02 10:00:00,u1,020 7946 0001,07700900012,30,20,ANSWERED,1,[2001:db8::1]:5060
2022-03-03 10:00:00,u1,anonymous,07700900011,30,20,ANSWERED,1,::ffff:192.0.2.1
2022-03-04 10:00:00,u0,07700900012,07700900013,30,0,BUSY,1,NULL
never,u0,07700900012,07700900013,30,0,BUSY,1,
END
printf '%s\n' account,login,email,phone,name,registered,ip \
    u0,One@example.com,a@example.com,07700900111,A,2021-01-07T08:00:00Z,192.0.2.1 u1,NULL,,,B,2021-01-08,192.0.2.2 >accounts.csv
printf '%s\n' payment_id,account,paid,amount,currency,status,from_address,to_address,txid \
    P1,u0,2022-03-01T10:00:00Z,150.25,GBP,confirmed,BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4,acct-7,E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855:1 >payments.csv
printf '%s\n' account,at,ip,device u0,2022-02-13T18:26:07Z,192.0.2.001,phone-x >logins.csv
printf '%s\n' reference,victim,at,presented,loss,currency 'R1,07700900011,2022-03-01T10:00:30Z,020 7946 0001,1000,GBP' >reports.csv
printf '%s\n' number,organisation,sector +442079460001,Northmere,bank >organisations.csv
must "$unspoof" ingest -q -r GB -z UTC a.case calls.csv accounts.csv payments.csv logins.csv reports.csv organisations.csv
try "$unspoof" match a.case /dev/null
status_is 1 'a case that is only found'
says err 'unspoof normalise' '  says what is to be run'
must "$unspoof" normalise -q a.case

cat >list <<'END'
# of the enquiry

07700 900011
+44 (0)20 7946-0001
A@EXAMPLE.COM
192.0.2.1
2001:0db8:0:0:0:0:0:1
bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
u1
one@example.com
  phone-x
R1
07700900012
07700 900011
07700900999
NULL
nobody
END
try "$unspoof" match -f tsv --threads 1 a.case list
status_is 0 'a list'
cut -f 1-6,9-16 out >got
cat >wanted <<'END'
list_line	identifier	read_as	role	rows	nth	first	last	value	source	line	offset	length	call
3	07700 900011	number +447700900011	call dialled	1	1	2022-03-01T10:00:00Z	2022-03-01T10:00:00Z	07700900011	calls.csv	2	63	88	65536
3	07700 900011	number +447700900011	call dialled	1	1	2022-03-03T10:00:00Z	2022-03-03T10:00:00Z	07700900011	calls.csv	4	236	79	65538
3	07700 900011	number +447700900011	report victim	1	1	2022-03-01T10:00:30Z	2022-03-01T10:00:30Z	07700900011	reports.csv	2	44	59	
4	+44 (0)20 7946-0001	number +442079460001	call presented	1	1	2022-03-01T10:00:00Z	2022-03-01T10:00:00Z	Bank <+442079460001>	calls.csv	2	63	88	65536
4	+44 (0)20 7946-0001	number +442079460001	call presented	1	1	2022-03-02T10:00:00Z	2022-03-02T10:00:00Z	020 7946 0001	calls.csv	3	151	85	65537
4	+44 (0)20 7946-0001	number +442079460001	report presented	1	1	2022-03-01T10:00:30Z	2022-03-01T10:00:30Z	020 7946 0001	reports.csv	2	44	59	
4	+44 (0)20 7946-0001	number +442079460001	organisation number	1	1			+442079460001	organisations.csv	2	27	29	
END
head -n 8 got >first
same 'numbers, in whatever form, with their rows' wanted first

# found LINE ROLE: how many rows the list's line has in a role, of all accounts.
found() { awk -F '\t' -v line="$1" -v role="$2" '$1 == line && $4 == role { n += $5 } END { print n + 0 }' out; }
while read -r line rows role; do
    [ "$(found "$line" "$role")" = "$rows" ]
    ok "line $line: $role, $rows rows"
done <<'END'
5 1 account email
6 2 call ip
6 1 account ip
6 1 login ip
7 1 call ip
8 1 payment from_address
9 1 payment txid
10 2 call account
10 1 account
11 1 account login
12 1 login device
13 1 report reference
14 1 call dialled
14 1 call presented
END
for line in 16 17 18; do
    [ "$(awk -F '\t' -v line=$line '$1 == line { print $4 $5 $10; n++ } END { print n }' out | tr '\n' ' ')" = '0 1 ' ]
    ok "line $line is a miss"
done
! cut -f 1 out | grep -qx 15
ok 'what stands there twice is told once'
says err '^1 line of the list says what one before says, and is told once$' '  and said'
says err '^12 of 15 identifiers found, 3 not$' 'how many were found'
says err '^1 row of the sources was rejected and not searched' 'and what was not searched'
must "$unspoof" correlate -q a.case
"$unspoof" match -q -f tsv a.case list >out
[ "$(awk -F '\t' '$1 == 10 && $4 == "account" { print $7, $8 }' out)" = "u1 $("$unspoof" query -q -f tsv a.case "SELECT 'S' || suspect FROM account_figure f JOIN account_key k ON k.id = f.key WHERE account = 'u1'" | tail -n 1)" ]
ok 'accounts have their suspect'

# ---- what is wrong with a list ----

refuses() { # PATTERN NAME
    try "$unspoof" match a.case bad
    status_is 1 "$2"
    says err "$1" '  says so'
    [ ! -s out ]
    ok '  and prints nothing'
}
printf 'u0\n\nu\0001\n' >bad
refuses "^unspoof match: bad:3: 'u.x001': has a NUL" 'a NUL'
awk 'BEGIN { print "u0"; for (i = 0; i < 1001; i++) printf "7"; print "" }' >bad
refuses '^unspoof match: bad:2: .*has over 1,000 bytes' 'a line that is too long'
printf '# nothing\n\n' >bad
refuses '^unspoof match: bad: no identifier in it' 'an empty list'
awk 'BEGIN { for (i = 0; i <= 100000; i++) print "x" i }' >bad
refuses "^unspoof match: bad:100001: 'x100000': .*100,000th" 'too many'
rm bad
refuses '^unspoof match: bad: No such file' 'a file that is not there'
try "$unspoof" match -r GX a.case list
status_is 2 'a region that is none'
try "$unspoof" match --rows 101 a.case list
status_is 2 'more rows than are told'
printf '\357\273\277u0\r\n' | "$unspoof" match -q -f tsv a.case - >out
[ "$(sed -n 2p out | cut -f 1-2,4)" = "$(printf '1\tu0\tcall account')" ]
ok 'standard input, with a mark of Unicode and lines of Windows'
printf '=1+1\n\033[31mred\n' | "$unspoof" match -q -f csv a.case - >out
says out "^1,'=1\+1," 'a formula has no teeth'

# ---- against SQL, on many calls ----

must "$synth" --scale "$(extent 0.0005 0.002)" --seed 11 dump
must "$unspoof" ingest -q -k call -r GB -z UTC b.case dump/calls.csv
must "$unspoof" ingest -q b.case dump/accounts.csv dump/payments.csv dump/logins.csv dump/reports.csv
must "$unspoof" normalise -q b.case
sql() { "$unspoof" query -q -f tsv b.case "$1" | tail -n +2; }
{
    sql "SELECT DISTINCT '+' || dialled_e164 FROM call WHERE dialled_e164 > 0 ORDER BY dialled_e164 % 977, 1 LIMIT 200"
    sql "SELECT DISTINCT '+' || presented_e164 FROM call WHERE presented_e164 > 0 ORDER BY presented_e164 % 983, 1 LIMIT 200"
    for n in 1 2 3 4 5 6 7 8 9; do echo +4477009009$n$n; done
} | sort -u >list
sed 's/+//' list | awk '{ print "(0, " $0 ")," }' | sed '$s/,$//' >values
"$unspoof" match -q -f tsv --threads 1 b.case list >one
"$unspoof" match -q -f tsv --threads 3 b.case list >three
same 'the same with three threads' one three
awk -F '\t' 'NR > 1 && $4 ~ /^call (dialled|presented)$/ { n[$2 "\t" $4] += $5 } END { for (i in n) print i "\t" n[i] }' one | sort >got
for role in dialled presented; do
    sql "WITH sought(n) AS (SELECT column2 FROM (VALUES $(cat values))) SELECT '+' || n, 'call $role', count(*) FROM sought JOIN call ON ${role}_e164 = n GROUP BY n"
done | sort >wanted
[ "$(wc -l <wanted)" -gt 200 ]
ok "numbers of $(wc -l <list) identifiers are in $(wc -l <wanted) roles"
same 'and in as many rows as SQL finds' wanted got
for role in email phone; do
    sql "SELECT DISTINCT $([ $role = phone ] && echo "'+' ||") $role FROM account_read WHERE $role IS NOT NULL ORDER BY 1 LIMIT 50"
done >list
"$unspoof" match -q -f tsv b.case list >out
[ "$(awk -F '\t' '$4 == "account email" || $4 == "account phone" { n += $5 } END { print n }' out)" = "$(
    sql "SELECT (SELECT count(*) FROM account_read WHERE email IN (SELECT DISTINCT email FROM account_read WHERE email IS NOT NULL ORDER BY 1 LIMIT 50)) + (SELECT count(*) FROM account_read WHERE '+' || phone IN (SELECT DISTINCT '+' || phone FROM account_read WHERE phone IS NOT NULL ORDER BY 1 LIMIT 50))")" ]
ok 'e-mail addresses and telephones likewise'
number=$(sql 'SELECT dialled_e164 FROM call WHERE dialled_e164 > 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
echo "+$number" >list
"$unspoof" match -q -f tsv --rows 100 b.case list >out
awk -F '\t' '$4 == "call dialled" && $5 <= 100 { print $16 }' out | sort -n >got
sql "SELECT id FROM call WHERE dialled_e164 = $number AND account_key IN (SELECT account_key FROM call WHERE dialled_e164 = $number GROUP BY 1 HAVING count(*) <= 100)" >wanted
same 'with --rows each row is told' wanted got

# ---- a case that was altered ----

# Of the first segment a byte of the dialled numbers (column 6 as understood), as long as before.
cp b.case altered.case
must sqlite3 altered.case "UPDATE understood SET data = CAST(substr(data, 1, 9) || X'5a' || substr(data, 11) AS BLOB) WHERE id = 256 + 6"
"$unspoof" match -q -f tsv b.case list >good
try "$unspoof" match altered.case list
status_is 4 'a number that is another one now'
says err 'segment 1: its columns as understood are not those that were stored' '  is named'
done_testing
