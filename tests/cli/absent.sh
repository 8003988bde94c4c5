#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is no value is no value: the words of data/absent.txt, in every role of every kind, give what empty
# fields give; the rows stay as found; how many were met is said.
. "${srcdir:-.}/tests/lib.sh"

roles_call='call_id started answered_at ended account presented presented_name dialled duration talk billed status cost currency ip trunk'
roles_account='account login email phone name registered ip country'
roles_payment='payment_id account paid amount currency from_address to_address txid status'
roles_login='account at ip device'
roles_report='reference victim at presented loss currency'
roles_organisation='number organisation sector'
roles_rate='date base quote rate'
kinds='call account payment login report organisation rate'
figures='suspects accounts presentations victims links'

cat >legs.profile <<'PROFILE'
name legs
kind call
roles header
legs call_id
PROFILE

# The words, and the roles in which each is a value.
grep -v -e '^# ' -e '^$' "$srcdir/data/absent.txt" >words
[ "$(wc -l <words)" -gt 40 ]
ok 'the list has words'
# As the page is written: between the first display behind its section and the end of that, two blanks between.
sed -n '/^\.Ss Words that stand/,/^\.Ed/p' "$srcdir/man/unspoof-profile.5" |
    sed -e '/^\.Bd/,/^\.Ed/!d' -e '/^\.[BE]d/d' -e 's/\\(en/–/g' -e 's/\\(em/—/g' -e 's/\\(dq/"/g' -e "s/\\\\(aq/'/g" \
        -e 's/\\&//g' -e 's/\\-/-/g' -e 's/\\e/\\/g' -e 's/  */ /g' -e 's/^/ /' -e 's/$/ /' >page
cut -f 1 words | while IFS= read -r word; do
    grep -Fq -- " $word " page || printf '%s\n' "$word"
done >missing
same 'unspoof-profile(5) has each' /dev/null missing

# dump KIND ROLE filled|word|empty: rows of a kind. Each word stands in two of them, of accounts that have
# nothing in common, in its role, with blanks and in capitals; else a value of its own, or nothing, does.
dump() {
    eval "all=\$roles_$1"
    awk -F '\t' -v kind="$1" -v chosen="$2" -v how="$3" -v roles="$all" '
    function value(role, i) {
        if (role == "call_id") return "c" i
        if (role == "started") return 1646128800 + i * 1000
        if (role == "answered_at") return 1646128805 + i * 1000
        if (role == "ended") return 1646128905 + i * 1000 + i
        if (role == "at") return 1646128860 + i * 1000
        if (role == "account") return "u" i
        if (role == "presented") return "+4420794601" sprintf("%02d", i % 100)
        if (role == "presented_name") return "Bank of " sprintf("%c", 65 + i % 26)
        if (role == "dialled" || role == "victim") return "+447700900" sprintf("%03d", i)
        if (role == "phone") return "+447700900" sprintf("%03d", 500 + i)
        if (role == "number") return "+4420794601" sprintf("%02d", i % 100)
        if (role == "duration" || role == "talk" || role == "billed") return 70 + i % 20
        if (role == "cost") return "0.0" (1 + i % 9)
        if (role == "status") return kind == "call" ? "ANSWERED" : "confirmed"
        if (role == "currency") return "GBP"
        if (role == "base") return "BTC"
        if (role == "quote") return "GBP"
        if (role == "rate") return "30000"
        if (role == "date" || role == "paid" || role == "registered") return sprintf("2022-%02d-%02d", 1 + i / 28 % 12, 1 + i % 28)
        if (role == "amount" || role == "loss") return 100 + i
        if (role == "country") return "GB"
        if (role == "email") return "e" i "@example.com"
        return role " " i
    }
    function put(i, text,   line, k, cell) {
        line = ""
        for (k = 1; k <= count; k++) {
            cell = name[k] != chosen || how == "filled" ? value(name[k], i) : text
            gsub(/"/, "\"\"", cell)
            line = line (k > 1 ? "," : "") "\"" cell "\""
        }
        print line
    }
    BEGIN {
        count = split(roles, name, " ")
        for (k = 1; k <= count; k++) printf "%s%s", (k > 1 ? "," : ""), name[k]
        print ""
    }
    {
        split($2, except, ",")
        for (k in except) if (except[k] == chosen) { delete except; next }
        delete except
        put(2 * NR, how == "word" ? $1 : "")
        put(2 * NR + 1, how == "word" ? "\t" toupper($1) "  " : "")
    }
    END {
        how = "filled"
        for (i = 400; i < 404; i++) put(i, "")
    }' words
}

# load CASE KIND FILE
load() {
    set -- "$1" "$2" "$3" -k "$2"
    [ "$2" != call ] || set -- "$1" "$2" "$3" -p ./legs.profile
    case_file=$1 file=$3
    shift 3
    "$unspoof" ingest -q --max-rejects 100000 -r GB -c GBP "$@" "$case_file" "$file"
}

# conclude CASE FILE: what is concluded, all but the names of sources.
conclude() {
    "$unspoof" normalise -q "$1" && "$unspoof" correlate -q "$1" || return 1
    for table in $figures; do
        "$unspoof" export -q -f csv "$1" $table || return 1
    done >"$2" && "$unspoof" summary -q -f csv "$1" >>"$2"
}

for kind in $kinds; do
    dump $kind '' filled >$kind.csv
done
for kind in $kinds; do
    rm -f base
    for other in $kinds; do
        [ $other = $kind ] || must load base $other $other.csv
    done
    eval "roles=\$roles_$kind"
    : >differ
    # A part of the sweep has every other role.
    for role in $(echo $roles | tr ' ' '\n' | awk -v stride="$(extent 2 1)" 'NR % stride == 0'); do
        for how in word empty; do
            cp base $how.case
            dump $kind $role $how >$how.csv
            load $how.case $kind $how.csv 2>>differ || echo "$role: ingest $how" >>differ
            conclude $how.case $how.out 2>>differ || echo "$role: conclude $how" >>differ
        done
        cmp -s word.out empty.out || { echo "$role:"; diff word.out empty.out | head -n 6; } >>differ
        "$unspoof" verify -q --rows all word.case >>differ 2>&1 || echo "$role: rows" >>differ
        # One remark a word, each of two rows.
        "$unspoof" export -q -f tsv word.case quality |
            awk -F '\t' -v role=$role '$4 == role && $5 == "absent" && $7 == 2' | wc -l >said
        grep -cv "	.*\<$role\>" words | cmp -s - said || echo "$role: $(cat said) remarks" >>differ
        "$unspoof" export -q -f tsv empty.case quality | grep -q '	absent	' && echo "$role: said without" >>differ
    done
    [ ! -s differ ] || sed 's/^/# /' differ
    [ ! -s differ ]
    ok "$kind: each word in $(extent "every other" each) role gives what an empty field gives"
done

# ---- as seized ----

# rows FILE LINE...
rows() {
    file=$1
    shift
    for line; do printf '%s\n' "$line"; done >"$file"
}

# is NAME COMMAND... <<EXPECTED: its output
is() {
    cat >expected
    name=$1
    shift
    "$@" >got
    same "$name" expected got
}

# columns NAMES CASE TABLE
columns() {
    "$unspoof" export -q -f csv "$2" "$3" | cut -d , -f "$1"
}

rows a.csv account,login,email,phone u1,anna,NULL,NULL u2,bob,NULL,NULL u3,cyd,N/A,n/a u4,dee,N/A,n/a
rows p.csv account,paid,amount,currency,from_address,txid,status u1,2022-03-01,300,GBP,NULL,NULL,confirmed \
    u2,2022-03-01,50,GBP,NULL,NULL,confirmed u3,2022-03-01,70,GBP,NULL,NULL,confirmed
must "$unspoof" run -q ties a.csv p.csv
is 'identifiers: nobody is tied by them' columns 2,3,6 ties suspects <<'EXPECTED'
suspect,accounts,spend
S1,u1,300.00
S3,u3,70.00
S2,u2,50.00
S4,u4,0.00
EXPECTED
is 'identifiers: no link' columns 1-5 ties links <<'EXPECTED'
account_a,account_b,rule,value,strength
EXPECTED

rows c.csv started,account,presented,dialled,talk,status \
    '2022-03-01 10:00:00,u1,02079460101,07700900123,120,ANSWERED' \
    '2022-03-01 11:00:00,u1,NULL,07700900124,120,ANSWERED' \
    '2022-03-01 12:00:00,u1,NULL,07700900125,120,ANSWERED' \
    '2022-03-01 13:00:00,NULL,02079460102,07700900126,120,ANSWERED' \
    '2022-03-01 14:00:00,u1,unknown,07700900127,120,ANSWERED'
rows p2.csv account,paid,amount,currency,status u1,2022-03-01,300,GBP,confirmed
must "$unspoof" ingest -q -r GB presented c.csv
must "$unspoof" ingest -q presented p2.csv
try "$unspoof" normalise presented
status_is 0 'presented: understood'
says err "^c\.csv: 1 row with 'NULL' for account, which is no value: no account is named there.*; where that is a value, say so in a profile: not-absent NULL$" 'presented: how many named no account is said'
says err "^c\.csv: 2 rows with 'NULL' for presented, which is no value: what was presented is unknown there;" 'presented: and how many presented nothing'
must "$unspoof" correlate -q presented
is 'presented: unknown takes no share; a word that withholds a number keeps its class' columns 1,6,10 presented presentations <<'EXPECTED'
presented,calls,spend
+442079460101,1,150.00
unknown,1,150.00
EXPECTED
is 'presented: nobody is called NULL' columns 1,6 presented accounts <<'EXPECTED'
account,spend
u1,300.00
EXPECTED
is 'presented: found as it was' "$unspoof" query -q -f csv presented "SELECT presented, account FROM call WHERE 'NULL' IN (presented, account)" <<'EXPECTED'
presented,account
NULL,u1
NULL,u1
02079460102,NULL
EXPECTED

rows l.csv calldate,accountcode,src,dst,billsec,disposition,linkedid \
    '2022-03-01 10:00:00,u1,02079460101,07700900123,0,NO ANSWER,1646128800.1' \
    '2022-03-01 10:00:10,u1,02079460101,07700900123,61,ANSWERED,1646128800.1' \
    '2022-03-01 11:00:00,u1,02079460101,07700900124,62,ANSWERED,NULL' \
    '2022-03-01 12:00:00,u2,02079460102,07700900125,63,ANSWERED,NULL' \
    '2022-03-01 13:00:00,u3,02079460103,07700900126,64,ANSWERED,NULL'
rows l.profile 'name table-export' 'kind call' 'header yes' 'role started calldate' 'role account accountcode' \
    'role presented src' 'role dialled dst' 'role talk billsec' 'role status disposition' 'role call_id linkedid' 'legs call_id'
must "$unspoof" ingest -q -r GB -p ./l.profile legs l.csv
must "$unspoof" normalise -q legs
must "$unspoof" correlate -q legs
"$unspoof" summary -f csv legs | grep -E '^(calls|long_calls|victims|accounts),' >got
cat >expected <<'EXPECTED'
calls,4
long_calls,4
victims,4
accounts,3
EXPECTED
same 'legs: calls without an id are calls of their own' expected got

rows t.csv started,answered_at,ended,account,presented,dialled,status \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:02:10,u1,02079460101,07700900123,ANSWERED' \
    '2022-03-01 11:00:00,NULL,2022-03-01 11:00:30,u1,NULL,07700900124,NO ANSWER' \
    '2022-03-01 12:00:00,\N,2022-03-01 12:00:30,\N,\N,07700900125,NO ANSWER' \
    '\N,\N,2022-03-01 12:00:30,\N,\N,07700900125,NO ANSWER' \
    ' Null ,\N,2022-03-01 12:00:30,\N,\N,07700900125,NO ANSWER' \
    'NULL,\N,2022-03-01 12:00:30,\N,\N,07700900125,NO ANSWER'
try "$unspoof" ingest -r GB times t.csv
status_is 0 'times: taken'
says err '^t\.csv: read 6, accepted 3, rejected 3, skipped 0$' 'times: rows without an answer are kept'
says err "^t\.csv:5: started '.*N': needed, and '.N' is no value$" 'times: one without a start is rejected, with the word'
says err "^t\.csv: 2 rows rejected, for role started is needed, and 'NULL' is no value; is it the right column" 'times: and counted by word'
must "$unspoof" normalise -q times
is 'times: no answer, no talk' "$unspoof" query -q -f csv times 'SELECT line, talk_ms, answered FROM call' <<'EXPECTED'
line,talk_ms,answered
2,120000,1
3,0,0
4,0,0
EXPECTED
columns 1-8 times quality | grep -e '^stage' -e '^ingest' | grep -v ',coverage,' >got
cat >expected <<'EXPECTED'
stage,source,kind,role,topic,value,count,line
ingest,t.csv,call,started,absent,NULL,2,6
ingest,t.csv,call,started,absent,\N,1,5
EXPECTED
same 'times: what was rejected is kept in the case' expected got

# ---- a name without a number ----

rows n.csv started,account,presented,presented_name,dialled,talk '1646128800,a,\N,,+447400123456,61' \
    '1646128800,a,+442079460001,,+447400123456,61' '1646128800,a,"""HMRC"" <>",,+447400123456,61' \
    '1646128800,a,,HMRC,+447400123456,61' '1646128800,a,"""HMRC""",,+447400123456,61' \
    '1646128800,a,HMRC,,+447400123456,61' '1646128800,a,NULL,"""HMRC"" <>",+447400123456,61' \
    '1646128800,a,<>,HMRC,+447400123456,61' '1646128800,a,+442079460001,HMRC,+447400123456,61' \
    '1646128800,a,,2079460009,+447400123456,61' '1646128800,a,"""NULL"" <>",NULL,+447400123456,61'
rows np.csv account,paid,amount,currency 'a,2022-01-01,9.00,GBP'
must "$unspoof" ingest -q -r GB names n.csv
must "$unspoof" ingest -q names np.csv
must "$unspoof" normalise -q names
must "$unspoof" correlate -q names
is 'names: one presentation by name, wherever it stands' columns 1,6,10 names presentations <<'EXPECTED'
presented,calls,spend
+442079460001,2,2.25
HMRC,6,6.75
EXPECTED
is 'names: found as they were' "$unspoof" query -q -f csv names "SELECT DISTINCT presented FROM call WHERE presented LIKE '%H%'" <<'EXPECTED'
presented
"""HMRC"" <>"
"""HMRC"""
HMRC
EXPECTED

# ---- what a profile says ----

rows w.profile 'name words' 'kind call' 'roles header' 'absent 0' 'absent no such person' 'not-absent null'
rows w.csv started,account,presented,dialled,talk '1646128800,0,0,07700900123,61' '1646128801,00,0,07700900123,0' \
    '1646128802,No Such Person,02079460101,07700900123,61' '1646128803,NULL,02079460101,07700900123,61' \
    '1646128804,nil,02079460101,07700900123,61'
must "$unspoof" ingest -q -r GB -p ./w.profile words.case w.csv
try "$unspoof" normalise words.case
is 'profile: its words are added and taken out' "$unspoof" query -q -f csv words.case \
    'SELECT c.line, k.account, presented_reading FROM call c LEFT JOIN account_key k ON k.id = c.account_key' <<'EXPECTED'
line,account,presented_reading
2,,
3,00,
4,,1
5,NULL,1
6,,1
EXPECTED
says err "^w\.csv: 1 row with '0' for talk, which is no value" 'profile: also where a number is a word'
is 'profile: the list is recorded with the source' "$unspoof" query -q -f csv words.case \
    "SELECT absent LIKE '%no such person' || char(10) AS added, absent LIKE 'NULL' || char(10) || '%' AS cut FROM source" <<'EXPECTED'
added,cut
1,0
EXPECTED
try "$unspoof" verify --rows all words.case
status_is 0 'profile: the rows are read again by the recorded list'

# Texts without a form of their own: as many names as a role may have forms are met before the word.
awk 'BEGIN {
    print "started,account,presented,dialled,talk"
    for (i = 0; i < 5000; i++) {
        name = ""
        for (n = i; length(name) < 5; n = int(n / 26)) name = name sprintf("%c", 97 + n % 26)
        print 1646128800 + i "," name ",02079460101,07700900123,61"
    }
    print "1646128800,Undefined,02079460101,07700900123,61"
}' >many.csv
must "$unspoof" ingest -q -r GB many many.csv
try "$unspoof" normalise many
says err "^many\.csv: 1 row with 'undefined' for account" 'a word that has no form is one too'
is 'and names no account' "$unspoof" query -q -f csv many 'SELECT count(*), sum(account_key IS NULL) FROM call' <<'EXPECTED'
count(*),sum(account_key IS NULL)
5001,1
EXPECTED

# ---- an example, and what stands in ----

printf 'account,paid,amount,currency\na,2022-03-01T00:00:00Z,5,NULL\nb,2022-03-01T00:00:00Z,5,GBP\nc,2022-03-01T00:00:00Z,5,\n' >coins.csv
must "$unspoof" ingest -q coins coins.csv
try "$unspoof" normalise coins
says err "^coins.csv:2: currency 'NULL': is no value, and the source has no currency \(-c\)$" 'currency: why the row is set aside'
says err "^coins.csv:4: currency '': is empty, and the source has no currency \(-c\)$" 'currency: and an empty one'
says err "^coins.csv: 1 row with 'NULL' for currency, which is no value: the source has none \(-c\), so that amounts there are set aside;" 'currency: what follows without one'
must "$unspoof" ingest -q -c BTC coins.btc coins.csv
try "$unspoof" normalise coins.btc
says err ': the currency of the source is taken there;' 'currency: and with one'
"$unspoof" export -q -f csv coins.btc quality | grep ',absent,' | cut -d, -f 4-8 >got
printf 'currency,absent,NULL,1,2\n' >want
same 'a row has the line of an example' want got
printf 'started,account,presented,dialled,talk\n1646128800,a,02079460101,07700900123,61\n1646128900,a,02079460101,07700900123,61\n' >hour.csv
mkdir hours
cp hour.csv hours/1.csv
sed '3s/02079460101/NULL/' hour.csv >hours/2.csv
must "$unspoof" ingest -q -r GB hours.case hours
try "$unspoof" normalise hours.case
says err "^hours: 1 row with 'NULL' for presented, which is no value: what was presented is unknown there; hours/2.csv:3 is one; where" 'of a folder the file is named'
"$unspoof" export -q -f csv hours.case quality | grep ',absent,' | cut -d, -f 4-8 >got
printf 'presented,absent,NULL,1,3\n' >want
same 'a call has one too' want got

done_testing
