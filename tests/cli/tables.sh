#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Several tables: a folder and an archive of CSV files read by one profile with sections, what joins find and do not, rows that are
# none of the kind, values that are written otherwise than meant, --table, and how a row is cut out of what was seized.
. "${srcdir:-.}/tests/lib.sh"

# ask SQL WANTED NAME
ask() {
    [ "$(sqlite3 case "$1")" = "$2" ] || {
        sqlite3 case "$1" | sed 's/^/# /'
        false
    }
    ok "$3"
}

mkdir dump
cat >dump/pkg_cdr.csv <<'END'
id,calldate,id_user,src_no,calledstation,ms,rc,last
1,2022-03-01 10:00:00,7,%2B442079460101,07700900123,70500,1,t
2,2022-03-01 10:01:00,8,%2B442079460102,07700900124,0,2,t
3,2022-03-01 10:02:00,9,%2B442079460103,07700900125,1000,9,t
4,2022-03-01 10:03:00,7,%2B442079460101,07700900126,500,1,f
5,2022-03-01 10:04:00,5,%2B442079460101,07700900126,1500,1,t
6,2022-03-01 10:05:00,NULL,%2B442079460101,07700900126,1500,1,t
END
cat >dump/pkg_user.csv <<'END'
id,username,mail
7,alice,alice@example.com
8,bob,bob@example.com
5,eve,eve@example.com
5,mallory,mallory@example.net
END
printf 'code,meaning\n1,ANSWER\n2,BUSY\n' >dump/causes.csv
printf 'a,b\n1,2\n' >dump/other.csv
printf 'id_user,date,credit\n7,2022-02-01 09:00:00,1.50\n8,2022-02-02 09:00:00,2\n' >dump/pkg_refill.csv

cat >own.profile <<'END'
name billing
about a made-up billing system
zone UTC
table pkg_cdr
kind call
role call_id id
role started calldate
role account id_user
role presented src_no
role dialled calledstation
role talk ms
role status rc
join account pkg_user
join status causes
decode presented url
unit talk ms
keep last /^t/
answered ANSWER
unanswered BUSY
cannot-say which number was shown in the end
table /^pkg_user$/
kind account
role account username
role email mail
role key id
table causes
kind lookup
role key code
role value meaning
table pkg_refill
kind payment
zone Europe/London
currency GBP
role account id_user
role paid date
role amount credit
join account PKG_USER
END

# ---- a folder ----

try "$unspoof" ingest -r GB -p ./own.profile case dump
status_is 0 'a folder of tables'
says err '^dump: 1 table is not loaded: other.csv; the first because: dump/other.csv: profile billing has nothing for a table other; ' \
    'what the profile does not name is told'
says err '^dump/pkg_cdr.csv: 1 row is skipped, as none of kind call by the line keep last /\^t/; ' 'what a line leaves out is told'
says err '^dump/pkg_cdr.csv: such dumps cannot say: which number was shown in the end; ' 'and what such a dump cannot say'
ask 'SELECT kind, zone, format, accepted, rejected, skipped FROM source ORDER BY id' 'lookup|UTC|delimited|2|0|0
call|UTC|delimited|5|0|1
payment|Europe/London|delimited|2|0|0
account|UTC|delimited|4|0|0' 'each has its kind, and what its section says'
ask "SELECT topic, count FROM source_remark WHERE topic IN ('filter', 'cannot-say', 'tables-left-out') ORDER BY id" 'tables-left-out|1
filter|1
cannot-say|5' 'and that is kept'
ask "SELECT replace(joins, char(10), ';') FROM source WHERE kind = 'call'" 'table pkg_cdr;join account pkg_user;join status causes;' \
    'and what is a key of what'

try "$unspoof" normalise case
status_is 0 'is understood'
says err 'dump/pkg_cdr.csv: role account of 2 rows is what table pkg_user says of the key found there' 'keys that are found'
says err 'dump/pkg_cdr.csv: 1 row has a key in role account that table pkg_user does not have; .9. is the first; the keys stay' 'one that is not'
says err 'dump/pkg_cdr.csv: 1 row has a key in role account for which table pkg_user has different values; .5. is the first; the keys stay' \
    'one that has two rows'
says err 'dump/pkg_refill.csv: role account of 2 rows is what table PKG_USER says' 'rows that are no calls have joins too'
ask 'SELECT account FROM account_key ORDER BY account' '5
9
alice
bob
eve
mallory' 'accounts are those that are meant'
ask 'SELECT role, rows, missing, several FROM joined ORDER BY id' 'account|2|1|1
status|4|1|0
account|2|0|0' 'and how many are'
must "$unspoof" correlate -q case
"$unspoof" export -q -f tsv case calls >out
cut -f 1,7,10,12,14,24 out >got
cat >want <<'END'
call	account	answered	seconds	presented	status
131072	alice	1	70.5	+442079460101	1
131073	bob	0	0	+442079460102	2
131074	9	1	1	+442079460103	9
131075	5	1	1.5	+442079460101	1
131076	NULL	1	1.5	+442079460101	1
END
sed -i 's/^[0-9]*\t/#\t/' got want
same 'calls have the account that is meant, seconds and decoded numbers' want got
"$unspoof" export -q -f tsv case payments | cut -f 2,5,6 >got
printf 'account\tpaid\tamount\nalice\t2022-02-01T09:00:00Z\t1.50\nbob\t2022-02-02T09:00:00Z\t2.00\n' >want
same 'payments too' want got

# ---- what is shown ----

first=$(sqlite3 case 'SELECT min(id) * 65536 FROM segment')
"$unspoof" show -q -f tsv case call "$first" >out
says out '^found	account	7	' 'the found key'
says out '^understood	joined account	alice	what key 7 is	dump/pkg_user.csv	2	17	26$' 'the row that says what it is'
says out '^understood	joined status	ANSWER	what key 1 is	dump/causes.csv	2	' 'for each role'
"$unspoof" show -q -f tsv case call $((first + 3)) >out
says out '^understood	joined account	mallory	one of several for key 5, which stays	' 'and rows that contradict one another'
"$unspoof" show -q -f tsv case call "$first" | awk -F '\t' '$2 == "cut out" { print $3 }' >command
sh ./command >got
sed -n 2p dump/pkg_cdr.csv >want
same 'the command that is shown cuts the row out' want got
try "$unspoof" verify --deep --rows all case
status_is 0 'all of it is read again, and made anew'
says out '13 rows of 4 sources read again, 0 sources could not be' 'every row'

# ---- an archive, compressed files, names that a shell takes for more ----

# cuts NAME ARCHIVE: what is shown of the first call cuts its row out.
cuts() {
    rm -f case
    must "$unspoof" ingest -q -r GB -p ./own.profile case "$2"
    must "$unspoof" normalise -q case
    row=$(sqlite3 case 'SELECT min(id) * 65536 FROM segment')
    "$unspoof" show -q -f jsonl case call "$row" | sed -n 's/.*"fact":"cut out","value":"\([^"]*\)".*/\1/p' | sed 's/\\\\/\\/g' >command
    sh ./command >got 2>got.err
    same "$1" want got
    ask 'SELECT count(*) FROM account_key' 6 "$1: joins are made"
}
tar cf dump.tar -C dump causes.csv other.csv pkg_cdr.csv pkg_refill.csv pkg_user.csv
cuts 'a tar' dump.tar
gzip -k dump.tar
cuts 'a compressed tar' dump.tar.gz
cp -r dump "it's; \$(x)"
cuts 'a folder with an odd name' "it's; \$(x)"
cp -r dump packed
gzip packed/*.csv
cuts 'compressed files' packed
if command -v bsdtar >where && command -v unzip >where; then
    (cd dump && bsdtar --format zip -cf ../dump.zip causes.csv other.csv pkg_cdr.csv pkg_refill.csv pkg_user.csv)
    cuts 'a zip' dump.zip
else
    skip 'a zip' 'no bsdtar or no unzip'
fi

# ---- --table ----

rm -f case
try "$unspoof" ingest -q -r GB -p ./own.profile --table pkg_user case dump.tar
status_is 0 'one table of an archive'
ask 'SELECT kind, accepted FROM source' 'account|4' 'and no other'
ask "SELECT count, substr(text, 1, 68) FROM source_remark WHERE topic = 'tables-left-out'" \
    '4|4 tables are not loaded: causes.csv, other.csv, pkg_cdr.csv, pkg_ref' 'the others are listed'
must "$unspoof" ingest -q -k lookup -m key=a -m value=b --table OTHER case dump.tar
ask "SELECT key, value FROM lookup" '1|2' 'one that is mapped by hand'
try "$unspoof" ingest -q -r GB --table none case dump.tar
status_is 2 'a table that there is not'
says err "^unspoof ingest: dump.tar: has no file that is wanted, of 5; the first: dump.tar:causes.csv: is table causes, and --table says none$" 'and why'
try "$unspoof" ingest -q -r GB --table none case dump/pkg_cdr.csv
status_is 2 'nor in a file alone'
try "$unspoof" ingest -q -r GB -p ./own.profile -k report case dump.tar
status_is 2 'a kind that no section is of'
says err 'profile ./own.profile is of kind call and account and payment and lookup, not report' 'and which they are'
rm -f case
must "$unspoof" ingest -q -r GB -p ./own.profile -k payment case dump.tar
ask 'SELECT kind FROM source' payment 'a kind picks sections'
try "$unspoof" normalise case
says err 'role account is a key of table PKG_USER, but it is not loaded from the same dump; the keys stay as they are; load the whole dump' \
    'a join of a table that is not loaded is told'

# ---- tables without a row that is wanted ----

mkdir empty
head -n 1 dump/pkg_cdr.csv >empty/pkg_cdr.csv
cp dump/pkg_user.csv empty/
sed -n '1p;5p' dump/pkg_cdr.csv >empty/cdr.csv
sed 's/^table pkg_cdr/table pkg_cdr cdr/' own.profile >both.profile
rm -f case
try "$unspoof" ingest -q -r GB -p ./both.profile case empty
status_is 0 'an empty table, and one of which all is left out, are no failure'
ask 'SELECT kind, accepted, rejected, skipped FROM source ORDER BY path' 'call|0|0|1
call|0|0|0
account|4|0|0' 'and are there'

# ---- members that are one table ----

mkdir years
for year in 2021 2022; do
    mkdir "years/$year"
    sed "s/2022/$year/" dump/pkg_cdr.csv >"years/$year/pkg_cdr.csv"
    sed "s/2022/$year/" dump/pkg_cdr.csv >"years/$year/pkg_cdr_failed.csv"
done
rm -f case
must "$unspoof" ingest -q -r GB -p ./own.profile case years
ask 'SELECT accepted, skipped FROM source' '10|2' 'tables of one name are one source, and others with the same columns are not of it'
try "$unspoof" verify --rows all case
status_is 0 'which is read again'

# ---- several sections for one table ----

cat >turns.profile <<'END'
name turns
zone UTC
table pkg_cdr
kind call
role started starttime
role account id_user
role presented src
role dialled calledstation
table /cdr$/
kind call
role started calldate
role account id_user
role presented src_no
role dialled calledstation
table pkg_cdr
kind call
role started calldate
role account id_user
role presented src_no
role dialled dst
END
rm -f case
try "$unspoof" ingest -r GB -p ./turns.profile case dump/pkg_cdr.csv
status_is 0 'the first section whose columns are there'
says err "pkg_cdr.csv: the section in line 9 of profile turns holds, for the columns of others are not there; that of line 3: " 'is told'
ask 'SELECT accepted FROM source' 6 'and holds'
ask "SELECT count(*) FROM source_remark WHERE topic = 'section'" 1 'which is kept'
sed 's/src_no/src_number/' dump/pkg_cdr.csv >pkg_cdr.csv
rm -f case
try "$unspoof" ingest -r GB -p ./turns.profile case pkg_cdr.csv
status_is 2 'where none fits'
says err "no section of profile turns for a table pkg_cdr has its columns there: that of line 3: .*starttime.*; that of line 9: .*src_no.*; that of line 15: .*src_no" \
    'what each lacks is told'
sed -i 's/^table .cdr..$/table pkg_payment/' turns.profile
sed -i 's/^role dialled dst$/role dialled calledstation/; 0,/kind call/s//kind login/' turns.profile
sed -i '/^kind login/,/^table/{/^role/d}; s/^kind login/kind login\nrole account id_user\nrole at calldate/' turns.profile
rm -f case
try "$unspoof" ingest -q -r GB -k call -p ./turns.profile case dump/pkg_cdr.csv
ask 'SELECT kind FROM source' call 'a kind that is wanted picks among them too'

# ---- a section of which there is no table ----

mkdir few
cp dump/pkg_cdr.csv dump/pkg_user.csv few
rm -f case
try "$unspoof" ingest -r GB -p ./own.profile case few
[ "$(grep -c "^few: it has no table of 2 sections of the profile: causes; pkg_refill; is all of the dump there" err)" = 1 ]
ok 'sections without a table are told once'
sed 's/^table pkg_refill/&\noptional/' own.profile >may.profile
rm -f case
try "$unspoof" ingest -r GB -p ./may.profile case few
says err '^few: it has no table of 1 section of the profile: causes; ' 'but for those that are optional'
rm -f case
try "$unspoof" ingest -r GB -k call -p ./own.profile case few
! grep -q 'it has no table' err
ok 'and for kinds that are not wanted'
try "$unspoof" ingest -r GB -p ./own.profile case few dump/pkg_cdr.csv
! grep -q 'pkg_cdr.csv: it has no table' err
ok 'a file alone lacks nothing'
printf 'name x\noptional\nkind call\n' >bad.profile
try "$unspoof" ingest -p ./bad.profile case few
says err 'bad.profile:2: a line `table` must come first' 'which stands in a section'

# ---- what is wrong ----

printf 'name x\ntable a\nkind call\nrole started 1\n' >bad.profile
try "$unspoof" ingest -q -p ./bad.profile other.case dump.tar
status_is 2 'a section that lacks a role'
says err 'bad.profile:4: role account is needed, and has no line' 'is told whatever tables there are'
printf 'name x\nunconfirmed-layout only seen in a forum\nroles header\nkind lookup\n' >doubt.profile
printf 'key,value\n1,2\n' >pairs.csv
try "$unspoof" ingest -p ./doubt.profile other.case pairs.csv
status_is 0 'a layout that is not confirmed'
says err 'pairs.csv: that its columns are what profile x takes them for is not confirmed: only seen in a forum; ' 'is said'
try "$unspoof" sniff -p ./doubt.profile pairs.csv
says out 'its layout is not confirmed: only seen in a forum' 'by sniff too'
try "$unspoof" sniff pairs.csv
says out 'not a dump that is known' 'keys and values alone are not taken for anything'
# ---- amounts in parts of a unit ----

printf 'id,user,at,pence\n1,a,2022-01-01,1250\n2,a,2022-01-02,7\n3,b,2022-01-03,"1,250"\n' >pence.csv
printf 'name pence\nabout made up\nkind payment\nrole payment_id id\nrole account user\nrole paid at\nrole amount pence\nunit amount cents\ncurrency GBP\n' >pence.profile
try "$unspoof" ingest -p ./pence.profile --max-rejects 1 pence.case pence.csv
status_is 0 'amounts in pence'
says err "^pence.csv:4: amount '1,250 cents': " 'one that is not digits is a reject, and not a hundred times as much'
must "$unspoof" normalise -q pence.case
sqlite3 pence.case "SELECT amount, currency FROM payment_read ORDER BY payment" >got
printf '1250|GBP\n7|GBP\n' >wanted
same 'they are what they are' wanted got
try "$unspoof" verify --rows all pence.case pence.csv
status_is 0 'and their rows are read again in the same way'

done_testing
