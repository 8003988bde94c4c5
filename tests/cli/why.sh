#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Why two accounts are one person: the shortest way of evidence, what else ties them, what parts them; lengths against SQL.
. "${srcdir:-.}/tests/lib.sh"

cat >accounts.csv <<'END'
account,login,email,phone,name,registered,ip
a1,,one@mailbox.test,07700900101,,2021-01-01,192.0.2.1
a2,,one@mailbox.test,07700900102,,2021-01-02,192.0.2.2
a3,,two@mailbox.test,07700900102,,2021-01-03,192.0.2.3
a4,,two@mailbox.test,07700900104,,2021-01-04,192.0.2.4
a5,,five@mailbox.test,07700900101,,2021-01-05,192.0.2.5
a6,,five@mailbox.test,07700900104,,2021-01-06,192.0.2.6
b1,,three@mailbox.test,07700900111,,2021-01-07,192.0.2.6
b2,,three@mailbox.test,07700900111,,2021-01-08,192.0.2.7
S1,,four@mailbox.test,,,2021-01-09,192.0.2.8
END
printf '%s\n' account,at,ip,device b1,2021-02-01T00:00:00Z,192.0.2.6, a6,2021-02-01T00:00:10Z,192.0.2.6, >logins.csv
printf '%s\n' started,account,presented,dialled,duration,talk,status '2022-03-01 10:00:00,a1,020 7946 0001,07700900011,90,80,ANSWERED' >calls.csv
must "$unspoof" ingest -q -r GB -z UTC a.case calls.csv accounts.csv logins.csv
must "$unspoof" normalise -q a.case
try "$unspoof" why a.case a1 a2
status_is 1 'a case without conclusions'
must "$unspoof" correlate -q a.case

# why A B: the columns that say what.
why() { "$unspoof" why -f tsv a.case "$1" "$2" 2>err | cut -f 1-3,5,7-11,13-16; }
why a1 a4 >got
cat >wanted <<'END'
part	step	account_a	account_b	rule	value	strength	shared_by	parts	source_a	row_a	source_b	row_b
path	1	a1	a2	email	one@mailbox.test	decisive	2	no	accounts.csv	2	accounts.csv	3
path	2	a2	a3	phone	+447700900102	decisive	2	no	accounts.csv	3	accounts.csv	4
path	3	a3	a4	email	two@mailbox.test	decisive	2	no	accounts.csv	4	accounts.csv	5
END
same 'the shortest of two ways, each step with its rows' wanted got
says err '^decisive evidence ties a1 and a4, in 3 steps$' 'in words'
says err '^no single value parts them' 'and that nothing alone holds them together'
why b2 b1 >got
printf '%s\n' 'part	step	account_a	account_b	rule	value	strength	shared_by	parts	source_a	row_a	source_b	row_b' \
    'path	1	b2	b1	email	three@mailbox.test	decisive	2	no	accounts.csv	9	accounts.csv	8' \
    'also	1	b2	b1	phone	+447700900111	decisive	2		accounts.csv	9	accounts.csv	8' >wanted
same 'what else ties them, and each side in the order asked' wanted got
why a6 b1 >got
says got '^path	1	a6	b1	ip	192.0.2.6	weak	' 'weak evidence where there is no other'
says err '^no decisive evidence ties a6 and b1: what stands here is weak and makes them no person$' 'which is said'
says err '^without the value that has yes in column parts nothing' 'with what parts them'
why a1 S1 >got
[ "$(wc -l <got)" = 1 ]
ok 'nothing at all'
says err '^nothing in the case ties a1 and S1$' 'is said too'

# ---- suspects ----

of() { "$unspoof" query -q -f tsv a.case "SELECT 'S' || suspect FROM account_figure f JOIN account_key k ON k.id = f.key WHERE account = '$1'" | tail -n 1; }
why "$(of a1 | tr S s)" a3 >got
says got '^path	1	a[24]	a3	' 'a person and an account of it: its others'
why S2 S3 >got
[ -s got ]
ok 'two suspects'
try "$unspoof" why a.case S2 S2
status_is 2 'one suspect twice'
try "$unspoof" why a.case a1 a1
status_is 2 'one account twice'
try "$unspoof" why a.case a1 a11
status_is 1 'an account that is not there'
says err "there is no account 'a11' in the case; did you mean a1\?" 'the nearest is told'
try "$unspoof" why a.case a1 S99
status_is 1 'a suspect that is not there'
says err 'they are S1 to S' 'and which there are'
"$unspoof" why -q a.case a1 a4 >out 2>err
[ ! -s err ]
ok 'quiet'

# ---- lengths against SQL ----

must "$synth" --scale 0.001 --seed 5 dump
must "$unspoof" ingest -q b.case dump/*.csv
must "$unspoof" normalise -q b.case
must "$unspoof" correlate -q b.case
sql() { "$unspoof" query -q -f tsv b.case "$1" | tail -n +2; }
sql "SELECT min(account), max(account) FROM account_figure f JOIN account_key k ON k.id = f.key GROUP BY suspect
    HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT 12" >pairs
[ "$(wc -l <pairs)" -ge 4 ]
ok "$(wc -l <pairs) persons of several accounts"
# Steps from one account to all others by decisive values that both have.
while read -r a b; do
    sql "WITH RECURSIVE has AS MATERIALIZED (SELECT account_a AS key, rule || ' ' || value AS v FROM link WHERE strength = 'decisive'
        UNION SELECT account_b, rule || ' ' || value FROM link WHERE strength = 'decisive'),
        way(key, steps) AS (SELECT id, 0 FROM account_key WHERE account = '$a' UNION
        SELECT y.key, steps + 1 FROM way JOIN has x ON x.key = way.key JOIN has y ON y.v = x.v WHERE steps < 7)
        SELECT min(steps) FROM way WHERE key = (SELECT id FROM account_key WHERE account = '$b')" >wanted
    "$unspoof" why -q -f tsv b.case "$a" "$b" | awk -F '\t' -v a="$a" -v b="$b" '$1 == "path" {
            if ($2 == 1 ? $3 != a : $3 != last) wrong = 1
            if ($9 != "decisive") wrong = 1
            last = $5; n = $2 }
        END { print wrong || last != b ? "wrong" : n }' >got
    same "from $a to $b: $(cat got) steps" wanted got
done <pairs
# Without a value that parts them there is no way; without one that does not, there is.
while read -r a b; do
    "$unspoof" why -q -f tsv b.case "$a" "$b" | awk -F '\t' '$1 == "path" { print $7 "\t" $8 "\t" $11 }' >steps
    while IFS='	' read -r rule value parts; do
        [ "$(sql "WITH RECURSIVE has AS MATERIALIZED (SELECT account_a AS key, rule || ' ' || value AS v FROM link WHERE strength = 'decisive' AND NOT (rule = '$rule' AND value = '$value')
            UNION SELECT account_b, rule || ' ' || value FROM link WHERE strength = 'decisive' AND NOT (rule = '$rule' AND value = '$value')),
            way(key) AS (SELECT id FROM account_key WHERE account = '$a' UNION SELECT y.key FROM way JOIN has x ON x.key = way.key JOIN has y ON y.v = x.v)
            SELECT CASE WHEN count(*) THEN 'no' ELSE 'yes' END FROM way WHERE key = (SELECT id FROM account_key WHERE account = '$b')")" = "$parts" ]
        ok "$rule of $a and $b parts them: $parts"
    done <steps
done <pairs
done_testing
