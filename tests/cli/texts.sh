#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Found texts in SQL: what a question for some of them reads, by codes, a column and the filters of accounts, is what
# reading everything gives; so is what is put in their order.
. "${srcdir:-.}/tests/lib.sh"

# Twelve sources of few texts, each a segment or more: blanks, other cases, masks and digits, texts too long for a form, what is
# no UTF-8, words that are no value, NULL and nothing; a column that only some have; accounts that are keys of a table.
awk -v seed=7 '
function pick(list, n, item) { n = split(list, item, "|"); return item[1 + int(rand() * n)] }
function long(c, s) { s = c; while (length(s) < 260) s = s s; return s }
BEGIN {
    srand(seed)
    accounts = "anna|Anna| anna|bob |bob|007|7|07|0|#1|\\#1|\\|a\\1|-|N/A|NULL||  |u1|u2|u10|" \
        "123456789012345678|1234567890123456789|0000000000000000007|" long("x1") "|" long("y") "|\303\251va|\351va|\377"
    numbers = "07700900123|+447700900123|7700900123|\"A B\" <07700900123>|\"HMRC\" <03002003300>|anonymous|Anonymous|withheld|-||" \
        "sip:07700900124@h#1|0|00|1234567890123456789|" long("z2")
    words = "ANSWERED|answered|BUSY|NO ANSWER| BUSY|||200|404"
    for (source = 1; source <= 8; source++) {
        file = "c" source ".csv"
        printf "started,account,presented,dialled,talk,status%s\n", source % 3 ? "" : ",trunk" >file
        for (i = 0; i < 300; i++)
            printf "2022-03-%02d 10:%02d:00,%s,%s,%s,%d,%s%s\n", 1 + rand() * 28, rand() * 60, q(pick(source == 5 ? "only here|anna" : accounts)),
                q(pick(numbers)), q(pick(numbers)), rand() * 99, pick(words), source % 3 ? "" : ",t" int(rand() * 3) >file
    }
    print "CREATE TABLE calls (started varchar(30), account varchar(300), presented varchar(300), dialled varchar(300)," \
        " talk int, status varchar(30));" >"n.sql"
    for (i = 0; i < 200; i++)
        printf "INSERT INTO calls VALUES (\0472022-04-01 10:%02d:00\047,%s,%s,\04707700900%03d\047,%d,%s);\n", i % 60,
            pick("NULL|\047anna\047|\047\047|\0477\047"), pick("NULL|\047\047|\047anonymous\047"), i % 7, i, pick("NULL|\047BUSY\047|\047\047") >"n.sql"
}
function q(s) { gsub(/"/, "\"\"", s); return "\"" s "\"" }'
mkdir dump
{
    echo id,calldate,id_user,src,dst,secs
    for i in 1 2 3 4 5 6 7 8 9; do echo "$i,2022-05-01 10:00:0$i,$((i % 4)),07700900123,0770090012$i,9"; done
} >dump/cdr.csv
printf 'id,username\n1,anna\n2,bob\n3,7\n' >dump/users.csv
cat >keys.profile <<'END'
name keys
about calls that name a customer by a key
zone UTC
table cdr
kind call
role call_id id
role started calldate
role account id_user
role presented src
role dialled dst
role talk secs
join account users
table users
kind account
role account username
role key id
END
for i in 1 2 3 4; do must "$unspoof" ingest -q -k call -r GB -z UTC a.case c$i.csv; done
must "$unspoof" ingest -q -r GB -z UTC a.case n.sql
must "$unspoof" ingest -q -r GB -p ./keys.profile a.case dump
for i in 5 6 7; do must "$unspoof" ingest -q -k call -r GB -z UTC --service "other" a.case c$i.csv; done
must "$unspoof" ingest -q -k call -r US -z UTC a.case c8.csv
cp a.case found.case
must "$unspoof" normalise -q a.case
ask() { "$unspoof" query -q --threads 1 -f tsv "$1" "$2" | tail -n +2; }
all=$(ask a.case 'SELECT count(*) FROM segment')
[ "$all" -ge 10 ] && [ "$(ask a.case 'SELECT count(*) FROM call')" = 2609 ]
ok "the case has $all segments"
[ "$(ask a.case "SELECT count(DISTINCT account) > 20, sum(account IS NULL) > 20, sum(account = '') > 20,
    sum(hex(account) IN ('FF', 'E97661')) > 20, sum(length(account) > 200) > 20, sum(account_key IS NULL AND account <> '') > 20 FROM call")" = \
    '1	1	1	1	1	1' ]
ok 'with NULL, nothing, what is no UTF-8, long texts and words that are no value'

# A cast keeps SQLite from handing a condition on, and compares as the column does. Every text of every column, and one that no row has.
for case in a found; do
    for column in account presented dialled status talk started trunk call_id; do
        [ "$(ask $case.case "WITH t(x) AS (SELECT DISTINCT $column FROM call UNION ALL SELECT 'nobody' UNION ALL SELECT 7)
            SELECT count(*) FROM t WHERE (SELECT group_concat(id) FROM call c WHERE c.$column = t.x) IS NOT
            (SELECT group_concat(id) FROM call c WHERE CAST(c.$column AS TEXT) = t.x)")" = 0 ]
        ok "$case.case: $column = each of its texts"
    done
done
[ "$(ask a.case 'WITH t(x, y) AS (SELECT DISTINCT account, dialled FROM call)
    SELECT count(*) FROM t WHERE (SELECT group_concat(id) FROM call c WHERE c.account = t.x AND c.dialled = t.y) IS NOT
    (SELECT group_concat(id) FROM call c WHERE CAST(c.account AS TEXT) = t.x AND CAST(c.dialled AS TEXT) = t.y)')" = 0 ]
ok 'account and dialled number, each pair of them'

# Conditions drawn: lists, pairs, with others, and as SQL may write them.
columns='id, source, line, account, presented, dialled, status, trunk, account_key, flags'
awk 'function one(n, item) { n = split(texts, item, "|"); return item[1 + int(rand() * n)] }
BEGIN {
    srand(11)
    texts = "\047anna\047|\0477\047|\047007\047|\047bob\047|\047BUSY\047|7|0|NULL|\047\047|\047anonymous\047|\04707700900123\047|\047u10\047|\047only here\047|" \
        "CAST(x\047ff\047 AS TEXT)|CAST(x\047e97661\047 AS TEXT)|x\04737\047|7.0|\047N/A\047|\047nobody\047|\0471234567890123456789\047|\047\\#1\047|\047#1\047"
    split("account presented dialled status trunk", column, " ")
    split("account_key > 3|started_utc < 1647000000|source IN (2, 5, 9)|talk_ms > 20000|id < 262144|account_key = 2", other, "|")
    for (i = 0; i < 60; i++) {
        c = column[1 + int(rand() * 5)]; d = column[1 + int(rand() * 5)]
        kind = int(rand() * 5)
        if (kind == 0) print c " = " one()
        if (kind == 1) print c " IN (" one() ", " one() ", " one() ")"
        if (kind == 2) print c " = " one() " AND " d " IN (" one() ", " one() ")"
        if (kind == 3) print c " IN (" one() ", " one() ") AND " other[1 + int(rand() * 6)]
        if (kind == 4) print c " = " one() " OR " d " = " one()
    }
    print "account = \047ANNA\047 COLLATE NOCASE"
    print "account COLLATE NOCASE IN (\047ANNA\047, \047BOB\047)"
    print "account IN (SELECT [account] FROM account_key)"
    print "account IN (SELECT [account] FROM account_key WHERE id < 0)"
    print "account = \047anna\047 AND account = \047bob\047"
    print "\047anna\047 = account AND dialled <> \047-\047"
}' >conditions
differ=0
rows=0
while read -r condition; do
    plain=$(echo "$condition" | sed -E 's/(^| )(account|presented|dialled|status|trunk) /\1CAST(\2 AS TEXT) /g')
    "$unspoof" query -q --threads 1 -f tsv a.case "SELECT $columns FROM call WHERE $plain" >wanted 2>&1
    rows=$((rows + $(wc -l <wanted) - 1))
    for n in 1 3; do
        "$unspoof" query -q --threads $n -f tsv a.case "SELECT $columns FROM call WHERE $condition" >got 2>&1
        cmp -s wanted got || { differ=$((differ + 1)); echo "# $condition, --threads $n"; }
    done
done <conditions
[ "$(wc -l <conditions)" = 66 ] && [ "$differ" = 0 ] && [ "$rows" -gt 5000 ]
ok "conditions that were drawn, $rows rows, with one thread and three"

# In order of a text: what SQLite puts in order itself, of an expression that has the same values.
differ=0
rows=0
while read -r statement; do
    for column in $(extent 'account presented' 'account presented dialled status trunk currency'); do
        echo "$statement" | sed "s/@/$column/g" >asked
        echo "$statement" | sed "s/@/CAST($column AS TEXT)/g" >plain
        for case in a found; do
            several=$([ $case = found ] || echo 3)
            "$unspoof" query -q --threads 1 -f tsv $case.case "$(cat plain)" 2>&1 | tail -n +2 >wanted
            rows=$((rows + $(wc -l <wanted)))
            for n in 1 $several; do
                "$unspoof" query -q --threads $n -f tsv $case.case "$(cat asked)" 2>&1 | tail -n +2 >got
                cmp -s wanted got || { differ=$((differ + 1)); sed "s/^/# $case.case, $n threads: /" asked; }
            done
        done
    done
done <<'END'
SELECT @, count(*) FROM call GROUP BY @
SELECT hex(@), count(@), max(@), min(@), sum(length(@)) FROM call GROUP BY @
SELECT count(*), @ FROM call GROUP BY @ HAVING count(*) > 30 ORDER BY 1 DESC, 2 LIMIT 5
SELECT @ FROM call ORDER BY @
SELECT @ FROM call ORDER BY @ LIMIT 700, 40
SELECT @, count(*) FROM call GROUP BY @ ORDER BY @ DESC
SELECT DISTINCT @ FROM call ORDER BY @
SELECT @, count(*) FROM call WHERE @ IN ('anna', '7', 'BUSY', 'anonymous') GROUP BY @
SELECT @, count(*) FROM call WHERE @ > 'a' GROUP BY @
SELECT @ COLLATE NOCASE, count(*) FROM call GROUP BY @ COLLATE NOCASE
SELECT @, count(*), max(line) FROM call GROUP BY @
SELECT @, source, count(*) FROM call GROUP BY @, source
SELECT min(@), max(@), count(DISTINCT @) FROM call
SELECT @, count(*), sum(talk_ms), min(started_utc), max(account_key), sum(answered), sum(cost_micro) FROM call GROUP BY @
SELECT @, group_concat(account_key), group_concat(talk_ms, ';'), group_concat(cost_currency) FROM call GROUP BY @
SELECT @, count(*) FROM call WHERE flags & 384 = 0 AND talk_ms > 20000 GROUP BY @
SELECT @, count(*), max(talk_ms) FROM call WHERE account_key IN (1, 2, 5) AND started_utc > 1646100000 GROUP BY @
SELECT @, sum(talk_ms) FROM call WHERE @ IN ('anna', '07', 'BUSY', '1234567890123456789') GROUP BY @
SELECT @, talk_ms, flags, presented_e164, dialled_reading FROM call ORDER BY @
SELECT @, talk_ms FROM call ORDER BY @ LIMIT 900, 50
SELECT x, n, (SELECT count(*) FROM call WHERE @ = x) FROM (SELECT @ AS x, count(*) AS n FROM call GROUP BY @)
END
[ "$differ" = 0 ] && [ "$rows" -gt "$(extent 15000 50000)" ]
ok "in order of a text: $rows rows, with one thread and three"
try "$unspoof" query a.case 'SELECT status, max(rowid) FROM call GROUP BY 1'
status_is 1 'texts that are put in order have no rowid'
says err 'have no rowid; name id' 'and the message says what to name'

# A mask of other hands gives texts that have a mask of ours too.
cp found.case odd.case
must sqlite3 odd.case "UPDATE form SET mask = CAST('1#' AS BLOB) WHERE CAST(mask AS TEXT) = '#'"
[ "$(ask odd.case "SELECT count(*) > 9 AND count(*) = sum(+talk = '17') FROM call WHERE talk = '17'")" = 1 ] &&
    [ "$(ask odd.case "SELECT count(*) FROM call WHERE talk = '17'")" -gt "$(ask found.case "SELECT count(*) FROM call WHERE talk = '17'")" ]
ok 'a text that two masks give'

# reads SEGMENTS CONDITION: one thread reads no segment for nothing.
reads() {
    try "$unspoof" query -v --threads 1 a.case "SELECT count(*), min(line) FROM call WHERE $2"
    says err "segments: $1 of $all read\$" "$2: segments: $1 of $all read"
}
# That of the keys is always one of them: filters know what the keys mean.
reads 2 "account = 'only here'"
reads 2 "account IN ('only here', 'nobody')"
reads 1 "account = 'nobody'"
reads "$all" "CAST(account AS TEXT) = 'only here'"
reads "$all" "account = ''"
try "$unspoof" query -v --threads 1 found.case "SELECT count(*) FROM call WHERE account = 'only here'"
says err "segments: $all of $all read" 'as found there are no filters'
done_testing
