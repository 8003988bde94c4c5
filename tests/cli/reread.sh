#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rows read again: whatever was ingested and however, its rows hold; what a forger
# changed in the case and sealed anew is found.
. "${srcdir:-.}/tests/lib.sh"

# holds ROWS SOURCES NAME: all rows of the case hold, and so many were compared.
holds() {
    try "$unspoof" verify --rows all case
    status_is 0 "$3"
    says out "; $1 rows of $2 sources read again, 0 sources could not be$" "$3: so many rows"
}

# seal: seals the case anew, as one would who changed it, by the program itself.
seal() {
    must sqlite3 case 'DELETE FROM run'
    must "$unspoof" ingest -q "$@"
    # It names runs that are gone.
    rm -f case.log
}

# forged STATUS: what verify says of the case, with the rows and without.
forged() {
    try "$unspoof" verify --rows 0 case
    status_is 0 "$1: a case that was sealed anew passes without its rows"
    try "$unspoof" verify --rows all case
    status_is 4 "$1: and does not with them"
}

cat >honest.csv <<'END'
started,account,presented,dialled,talk
2022-03-01 10:00:00,u1,02079460101,07700900123,70

2022-03-01 10:00:01,u1,"""HMRC"" <0300 200 3300>",07700900124,5
32/13/2022,u1,02079460101,07700900123,75
2022-03-01 10:00:02,u2,"a
b",07700900125,75
2022-03-01 10:00:03,u2,02079460101,07700900126,minus
started,account,presented,dialled,talk
2022-03-01 10:00:04,u2,"a
b",07700900125,seventy
2022-03-01 10:00:05,u3,0207946,0102
2022-03-01 10:00:06,u3,0207,07700900127,0
END

# ingested OTHER: a case that says it is of honest.csv, and was made of another.
ingested() {
    rm -f case calls.csv
    cp "$1" calls.csv
    must "$unspoof" ingest -q case calls.csv
    cp honest.csv calls.csv
    hash=$(sha256sum <calls.csv | cut -d' ' -f1)
    size=$(wc -c <calls.csv)
    must sqlite3 case "UPDATE source SET sha256 = '$hash', member_sha256 = '$hash', size = $size, member_size = $size"
    seal case calls.csv
}

# ---- calls ----
ingested honest.csv
holds 4 1 'an honest case'
[ ! -s err ]
ok 'of which nothing is said'

sed 's/07700900124/07700900129/' honest.csv >other.csv
ingested other.csv
forged 'another dialled number'
says err "^calls.csv:4: role 'dialled': the case has '07700900129', the source '07700900124'$" 'what is wrong is told, with its place'
says err 'unspoof verify: 1 thing does not hold$' 'and nothing else'

sed 's/HMRC/H\x1bRC/' honest.csv >other.csv
ingested other.csv
forged 'a text that acts on terminals'
says err "role 'presented': the case has '\"H.x1bRC\" <0300 200 3300>', the source '\"HMRC\"" 'it is escaped'

sed '1s/talk/talk /' honest.csv >other.csv
ingested other.csv
forged 'every place one byte further'
says err '^calls.csv:4: offset: the case has 91, the source 90$' 'the row is told, though its line is right'

sed '$d' honest.csv >other.csv
ingested other.csv
must sqlite3 case 'UPDATE source SET skipped = skipped + 1, rows_read = rows_read + 1'
seal case calls.csv
forged 'an accepted row that is passed off as skipped'
says err '^calls.csv:13: this row is accepted, and the case has it not$' 'it is missed'
says err '^calls.csv: accepted: the case has 3, the source 4$' 'so it is in the counts'

{ cat honest.csv; sed -n 2p honest.csv; } >other.csv
ingested other.csv
must sqlite3 case 'UPDATE source SET skipped = skipped - 1, rows_read = rows_read - 1'
seal case calls.csv
forged 'a row more'
says err '^calls.csv:14: the case has an accepted row here, and the source has none$' 'it is told'

# ---- rejects ----
# reject SQL SAYS NAME
reject() {
    ingested honest.csv
    must sqlite3 case "$1"
    seal case calls.csv
    forged "$3"
    says err "$2" "$3: it is told"
}

reject "UPDATE reject SET reason = 'is no time' WHERE id = 1" \
    "^calls.csv:5: reject: reason: the case has 'is no time', the source 'is no time: no such day, month or year'$" 'another reason'
reject "UPDATE reject SET role = 'dialled' WHERE id = 2" "^calls.csv:8: reject: role: the case has 'dialled', the source 'talk'$" 'another role'
reject "UPDATE reject SET value = CAST('plus' AS BLOB) WHERE id = 2" \
    "^calls.csv:8: reject: value: the case has 'plus', the source 'minus'$" 'another value'
reject "UPDATE reject SET text = x'41' WHERE id = 2" "^calls.csv:8: reject: text: the case has 'A', " 'another text'
reject 'UPDATE reject SET length = length + 1 WHERE id = 2' '^calls.csv:8: reject: length: ' 'another length'
reject 'UPDATE reject SET offset = 0, line = 1 WHERE id = 2' '^calls.csv:1: the case has a reject here, and the source has none$' 'another place'
reject 'DELETE FROM reject WHERE id = 2; UPDATE source SET rejected = rejected - 1, skipped = skipped + 1' \
    '^calls.csv:8: this row is rejected, and the case has no reject of it$' 'one that was taken out'
reject "INSERT INTO reject SELECT 99, 1, 0, 4, 90, 3, 'talk', 'why', x'', x''; UPDATE source SET rejected = rejected + 1, skipped = skipped - 1" \
    '^calls.csv:4: the case has a reject here' 'one that was added'

# ---- what says how it was read ----
reject "UPDATE source SET recipe = replace(replace(replace(recipe, 'role presented 3', 'role presented 9'), 'role dialled 4', 'role dialled 3'), 'role presented 9', 'role presented 4')" \
    "^calls.csv: mapping: " 'roles that were exchanged'
reject "UPDATE source SET dialect = replace(dialect, '5 columns', '6 columns')" \
    "^calls.csv: dialect: the case has '.*6 columns', the source '.*5 columns'$" 'another dialect in words'
reject "UPDATE source SET mapping = replace(replace(mapping, 'presented=presented', 'presented=dialled'), 'dialled=dialled', 'dialled=presented')" \
    "^calls.csv: mapping: " 'another mapping in words'
reject "UPDATE source SET recipe = replace(recipe, 'width 5 5', 'width 4 5')" '^calls.csv:12: ' 'another width'
reject "UPDATE source SET recipe = 'separator 44' || char(10)" '^calls.csv: source 1: its recipe is not whole$' 'half a recipe'
reject "UPDATE source SET recipe = recipe || 'role account 2 0 0 ' || char(27) || char(10)" \
    "^calls.csv: source 1: its recipe has the line 'role account 2 0 0 .x1b', which is none$" 'a line that is none'
reject "UPDATE source SET recipe = replace(recipe, 'preamble 0 0', 'preamble 3 0')" '^calls.csv: mapping: ' 'another preamble'
reject "UPDATE source SET recipe = replace(recipe, 'header 1', 'header 0')" '^calls.csv:1: ' 'no header'
reject "UPDATE source SET recipe = replace(recipe, 'separator 44', 'separator 59')" '^calls.csv:2: ' 'another separator'
reject "UPDATE source SET member_sha256 = sha256 || ''; UPDATE source SET member_sha256 = replace(sha256, substr(sha256, 1, 1), 'x')" \
    '^calls.csv: holds nothing with the SHA-256 that the case has of source 1$' 'another hash of what was parsed'
ingested honest.csv
sqlite3 case "UPDATE source SET recipe = ''"
seal case calls.csv
try "$unspoof" verify --rows 5 case
status_is 6 'a source without a recipe'
says err '^calls.csv: source 1 is not read again: the case does not say how its rows were read$' 'it is named'
try "$unspoof" verify --rows 5 case calls.csv
status_is 6 'and where its file is named'
says err '^calls.csv: source 1 is not read again: the case does not say how its rows were read$' 'it is told too'
sqlite3 case 'PRAGMA user_version = 1'
for command in verify normalise 'summary -q' "ingest -k call"; do
    try "$unspoof" $command case $(case $command in ingest*) echo calls.csv ;; esac)
    status_is 1 "$command: a case of an older format is refused"
    says err 'case: made by an older unspoof \(case format 1; this program writes 8\): make it anew: unspoof ingest NEW SOURCE..., unspoof normalise NEW, unspoof correlate NEW$' \
        'and it is said how to make it anew'
done

# ---- each kind ----
printf 'account,login,email,phone,name,registered,ip,country\na,b,c@example.com,1,n,2022-01-01,192.0.2.1,GB\nz,,,,,,,\n' >account.csv
printf 'payment_id,account,paid,amount,currency,from_address,to_address,txid,status\n1,a,2022-01-01,5,BTC,f,t,x,paid\n' >payment.csv
printf 'account,at,ip,device\na,2022-01-01,192.0.2.1,d\n' >login.csv
printf 'reference,victim,at,presented,loss,currency\nr,1,2022-01-01,2,5,GBP\n' >report.csv
printf 'date,base,quote,rate\n2022-01-01,BTC,GBP,5\n' >rate.csv
printf 'number,organisation,sector\n1,o,bank\n' >organisation.csv
kinds='account payment login report rate organisation'
for kind in $kinds; do
    rm -f case
    must "$unspoof" ingest -q -k "$kind" case $kind.csv
    holds "$(($(wc -l <$kind.csv) - 1))" 1 "$kind"
    cp case sound
    for column in $(head -n 1 $kind.csv | tr , ' ') line offset length; do
        cp sound case
        case $column in
        line | offset | length) value="$column + 1" ;;
        *) value="'forged'" ;;
        esac
        sqlite3 case "UPDATE $kind SET $column = $value WHERE id = 1"
        seal case $kind.csv
        "$unspoof" verify -q --rows 0 case && ! "$unspoof" verify -q --rows all case 2>err && [ "$(wc -l <err)" = 2 ] &&
            grep -q "^$kind.csv:2: .*$column.*: the case has .*, the source " err || echo "$kind.$column"
    done >missed 2>&1
    : >nothing
    same "$kind: every column that is changed is found" nothing missed
done
cp sound case
sqlite3 case "UPDATE organisation SET sector = NULL"
seal case organisation.csv
forged 'no value in place of one'
says err "^organisation.csv:2: role 'sector': the case has no value, the source 'bank'$" 'which is told'

# ---- samples ----
{ echo account,login; i=0; while [ $i -lt 3000 ]; do echo "a$i,b$i"; i=$((i + 1)); done; } >many.csv
rm -f case
must "$unspoof" ingest -q case many.csv
try "$unspoof" verify case
status_is 0 'a sample unasked'
says out '; 1000 rows of 1 sources read again \(--seed [0-9]+\), 0 sources could not be$' 'of 1,000 rows, by a seed'
cp out first
try "$unspoof" verify case
! cmp -s first out
ok 'which is another each time'
try "$unspoof" verify --rows 5000 case
says out '; 3000 rows of 1 sources' 'no more than there are'
sqlite3 case "UPDATE account SET login = 'forged' WHERE id % 2 = 0"
seal case many.csv
try "$unspoof" verify --rows 10 --seed 7 case
status_is 4 'half of the rows are forged, and ten are looked at'
says err 'things do not hold \(--seed 7\)$' 'the seed is told'
cp err first
try "$unspoof" verify --rows 10 --seed 7 --threads 1 case
same 'the same seed chooses the same rows' first err
try "$unspoof" verify --rows 10 --seed 8 case
! cmp -s first err
ok 'another seed others'
try "$unspoof" verify --rows all case
[ "$(grep -c "^many.csv:[0-9]*: role 'login': " err)" = 20 ]
ok 'of many things twenty are told'
says err '^many.csv: 1480 more things of it do not hold$' 'and the others are counted'
for wrong in '--rows some' '--rows -1' '--seed x' '--rows'; do
    # shellcheck disable=SC2086
    try "$unspoof" verify $wrong case
    status_is 2 "$wrong is a usage error"
done 2>/dev/null

# ---- calls of which few are chosen: they are read where they lie ----
awk 'BEGIN {
    print "started,account,presented,dialled,talk"
    for (i = 0; i < 3000; i++) {
        if (i % 300 == 7) print ""
        if (i % 300 == 9) print "32/13/2022,u1,02079460101,07700900123,75"
        shown = i % 100 == 50 ? "\"a\nb\"" : "02079460101"
        printf "2022-03-01 10:%02d:%02d,u%d,%s,0770090%04d,%d\n", i / 60 % 60, i % 60, i % 9, shown, i, i % 99
    }
}' >lain.csv
cp honest.csv kept.csv
cp lain.csv honest.csv

# moved SQL SAYS NAME: a case of other.csv, seen by ten rows, and by none.
moved() {
    ingested other.csv
    must sqlite3 case "$1"
    seal case calls.csv
    try "$unspoof" verify --rows 0 case
    status_is 0 "$3: a case that was sealed anew passes without its rows"
    try "$unspoof" verify --rows 10 --seed 7 case
    status_is 4 "$3: and does not with ten"
    says err "$2" "$3: it is told"
}

cp honest.csv other.csv
ingested other.csv
try "$unspoof" verify --rows 10 --seed 7 case
status_is 0 'calls that lie where they should'
says out '; 10 rows of 1 sources read again \(--seed 7\), 0 ' 'ten of them were read'
for threads in 1 2; do
    "$unspoof" verify --rows 10 --seed 7 --threads $threads case >out.$threads
done
same 'whatever the threads' out.1 out.2
sed 2000d honest.csv >other.csv
moved 'UPDATE source SET skipped = skipped + 1, rows_read = rows_read + 1' '^calls.csv: accepted: the case has 2999, the source 3000$' 'a row that is left out'
awk '{ print } NR == 2000' honest.csv >other.csv
moved 'UPDATE source SET skipped = skipped - 1, rows_read = rows_read - 1' '^calls.csv: accepted: the case has 3001, the source 3000$' 'a row more'
sed 's/^32.13.2022,u1/2022-03-01,u1/' honest.csv >other.csv
moved 'UPDATE source SET rejected = rejected' '^calls.csv: rejected: the case has 0, the source 10$' 'rejects that are accepted'
cp honest.csv other.csv
moved 'DELETE FROM reject WHERE id = 2; UPDATE source SET rejected = rejected - 1, skipped = skipped + 1' \
    '^calls.csv: rejected: the case has 9, the source 10$' 'a reject that is passed off as skipped'
sed '1s/talk/talk /' honest.csv >other.csv
moved 'UPDATE source SET rejected = rejected' '^calls.csv:[0-9]*: offset: ' 'every place one byte further'
awk '/"a$/ { printf "%s ", $0; next } { print }' honest.csv >other.csv
moved 'UPDATE source SET rejected = rejected' '^calls.csv:[0-9]*: line: ' 'other lines'
sed 's/,0770090/,0780090/' honest.csv >other.csv
moved 'UPDATE source SET rejected = rejected' "^calls.csv:[0-9]*: role 'dialled': the case has '0780090" 'other numbers'
tr '\n' '\r' <lain.csv >honest.csv
cp honest.csv other.csv
ingested other.csv
try "$unspoof" verify --rows 10 case
status_is 0 'lines that end with CR are read from the beginning'
cp kept.csv honest.csv

# ---- files that are not here, or not what they were ----
mv many.csv moved.csv
rm -f case
must "$unspoof" ingest -q case moved.csv honest.csv
mv moved.csv many.csv
try "$unspoof" verify case
status_is 6 'a source that is not here, unasked'
says err '^moved.csv: source 1 is not read again: its file is not here' 'is named'
says out 'sources hashed, 1 not here; 4 rows of 1 sources read again .*, 1 sources could not be$' 'and counted'
try "$unspoof" verify --rows all case
status_is 6 'and where rows were asked for, not all was checked'
try "$unspoof" verify -q --rows all case
status_is 6 'quietly too'
[ ! -s out ] && [ "$(grep -c 'not all was checked' err)" = "$(wc -l <err)" ]
ok 'then nothing is said but that'
try "$unspoof" verify --rows all case many.csv
status_is 0 'a copy elsewhere is read in its place'
says out '; 3000 rows of 1 sources read again, 0 ' 'all of its rows'
try "$unspoof" verify --rows all case many.csv other.csv
status_is 4 'a file that is none of the sources'
try "$unspoof" verify --rows all case absent.csv
status_is 4 'and one that is not there'
cp many.csv moved.csv
echo >>moved.csv
try "$unspoof" verify --rows all case
status_is 4 'one that has changed'
says err '^moved.csv: has changed since it was ingested' 'is told'
says err '^moved.csv: source 1 is not read again: the file is not what was ingested$' 'and not read by rows'
sed 's/a7/a8/' many.csv >moved.csv
try "$unspoof" verify --rows all case
status_is 4 'one that has changed, of the same size'
! grep -q 'role' err
ok 'its rows are compared with nothing'
rm moved.csv
cat many.csv | "$unspoof" verify --rows all case /dev/stdin >out 2>err
[ $? = 6 ]
ok 'a pipe has a hash, and no rows'
says err '^/dev/stdin: is no regular file, so that its rows are not read again$' 'which is told'
rm -f case
"$unspoof" ingest -q case - <many.csv
try "$unspoof" verify --rows all case
status_is 6 'standard input cannot be read again'
says err '^-: source 1 is not read again: its file is not here' 'and is named'
try "$unspoof" verify --rows all case many.csv
status_is 0 'but what it was can'

# ---- compressed, archives, folders ----
for way in 'gzip -c' 'xz -c' 'zstd -qc' 'bzip2 -c'; do
    if ! command -v "${way%% *}" >/dev/null; then
        skip "$way" 'not here'
        continue
    fi
    rm -f case
    $way many.csv >many.z
    must "$unspoof" ingest -q case many.z
    holds 3000 1 "$way"
done
gzip -c many.csv >many.z
rm -f case
must "$unspoof" ingest -q case many.z
head -c 4000 many.z >cut && mv cut many.z
try "$unspoof" verify --rows all case
status_is 4 'a compressed file that was cut off'
says err '^many.z: has changed' 'has changed'
mkdir -p folder/sub
cp account.csv login.csv folder/
cp honest.csv folder/sub/
rm -f case
must "$unspoof" ingest -q case folder
holds 7 3 'a folder'
must tar cf some.tar folder login.csv
for way in 'tar cf' 'tar czf'; do
    rm -f case some.tar
    must $way some.tar folder payment.csv
    must "$unspoof" ingest -q -c BTC case some.tar
    holds 8 4 "$way"
done
mkdir away
mv some.tar away/
try "$unspoof" verify --rows all case away/some.tar
status_is 0 'an archive that lies elsewhere'
says out '; 8 rows of 4 sources read again, 0 ' 'its members are read'
try "$unspoof" verify case
status_is 6 'and is not where it was: nothing was checked'
says err '^some.tar: 4 sources, from source 1 on, are not read again: its file is not here' 'its members are named at once'
[ "$(wc -l <err)" = 2 ]
ok 'in one line'
mv away/some.tar .
sqlite3 case "UPDATE account SET login = 'forged'; UPDATE source SET member_sha256 = replace(member_sha256, 'a', 'b') WHERE kind = 'login'"
seal -c BTC case some.tar
forged 'an archive'
says err "^some.tar:folder/account.csv:2: role 'login': the case has 'forged', the source 'b'$" 'a row of a member'
says err '^some.tar: holds nothing with the SHA-256 that the case has of source ' 'a member that is another'
if command -v python3 >/dev/null; then
    python3 -c "import zipfile
z = zipfile.ZipFile('some.zip', 'w', zipfile.ZIP_DEFLATED)
for n in ('many.csv', 'account.csv', 'honest.csv'): z.write(n)"
    rm -f case
    must "$unspoof" ingest -q case some.zip
    holds 3006 3 'a zip'
else
    skip 'a zip' 'no python3 here'
fi
# One content as two kinds of row.
printf 'account,at,ip,device\nx,2022-01-01,192.0.2.1,d\n' >both.csv
rm -f case
must "$unspoof" ingest -q -k login case both.csv
must "$unspoof" ingest -q -k account case both.csv
holds 2 2 'one file as two kinds'

# ---- profiles ----
cat >wide.profile <<'END'
name wide
about calls of several widths
kind call
header no
separator semicolon
widths 5-8
role started 1
role account 2
role presented 3
role dialled 4 width 5-6
role dialled 5 width 7
role dialled 6 width 8 when 7 /^out$/
role dialled 5 width 8
role talk 5 width 5-6
role call_id 6 width 6-8
legs call_id width 6-8
fallback presented /^anon[a-z]*$/ 2 /^([0-9]+)-/
END
cat >wide.csv <<'END'
2022-03-01 10:00:00;u1;02079460101;07700900123;70
2022-03-01 10:00:01;u1;02079460101;07700900123;70;id-1
2022-03-01 10:00:02;u1;02079460101;x;07700900124;id-2;y
2022-03-01 10:00:03;u1;02079460101;x;07700900125;07700900126;out;z
2022-03-01 10:00:04;u1;02079460101;x;07700900125;07700900126;in;z
2022-03-01 10:00:05;442079460102-u;anonymous;07700900123;70
2022-03-01 10:00:06;u1;02079460101;07700900123
2022-03-01 10:00:07;u1;anon;07700900123;never
END
rm -f case
must "$unspoof" ingest -q -p ./wide.profile case wide.csv
mv wide.profile kept.profile
holds 6 1 'widths, when, fallback, legs, without the profile'
[ "$(sqlite3 case 'SELECT legs FROM source')" = call_id ]
ok 'it has legs'
sqlite3 case "UPDATE source SET legs = ''"
seal -p ./kept.profile case wide.csv
forged 'legs that are left out'
says err "^wide.csv: legs: the case has '', the source 'call_id'$" 'are told'
rm -f case
row='"u1","02079460101","s","ctx","""N"" <02079460101>","SIP/a-1","SIP/b-2","Dial","SIP/trunk/447700900123,60","2022-03-27 00:59:58",,"2022-03-27 01:00:09",11,9,"ANSWERED","BILLING"'
printf '%s\n' "$row" "$row" "$row,\"1648342798.1\"" "$row,\"a user's field\"" "$row,\"1648342798.2\",\"\"" "$row,1,2,3,4,5,6" >Master.csv
must "$unspoof" ingest -q -p asterisk-cdr-csv case Master.csv
holds 5 1 'Asterisk'

# ---- dialects, headers, mappings ----
# way NAME ROWS OPTION...: honest rows, read in some way.
way() {
    name=$1
    rows=$2
    shift 2
    rm -f case
    must "$unspoof" ingest -q "$@" case way.csv
    holds "$rows" 1 "$name"
}

cp honest.csv way.csv
way 'by name' 4 -k call -m started=started -m account=Account -m presented=presented -m dialled=4
way 'without a role' 4 -k call -m presented=
sed 1d honest.csv >way.csv
way 'by position, without a header' 4 -k call --no-header -m started=1 -m account=2 -m presented=3 -m dialled=4 -m talk=5
printf '\357\273\277sep=;\r\naccount;login\r\n"a;1";b\r\n\r\nc;d\r\naccount;login\r\n' >way.csv
way 'a mark, a declaration, CR LF, the header again' 2
printf 'account|login\ra|b\rc|d\r' >way.csv
way 'CR' 2
printf '"u1", "2022-06-01 14:02:11", "x, y"\n"u2", "2022-06-01 14:02:12", ""\n' >way.csv
way 'blanks before quotes' 2 -k login -m account=1 -m at=2 -m device=3
printf ' account , login \n a , b \n' >way.csv
way 'blanks that stay' 1
way 'blanks that are dropped' 1 --trim
printf 'x;"y\nz;w\n' >way.csv
way 'no quote' 2 --separator semicolon --quote none --no-header -k account -m account=1 -m login=2
printf "account,login\n'a,1',b\n'it''s',c\n'd,e\n" >way.csv
way 'another quote' 2 --quote "'"
{ printf 'account,login\na,"'; head -c 70000 /dev/zero | tr '\0' x; printf '"\nb,"c\nd,e\n"f","g"\n"h\n"'; head -c 200000 /dev/zero | tr '\0' y; printf '\ni,j'; } >way.csv
way 'lines too long, quotes that never close, no end of the last line' 3
printf 'account\n' >way.csv
rm -f case
"$unspoof" ingest -q case way.csv 2>err
try "$unspoof" verify --rows all case
status_is 0 'a header and no row'
rm -f case

# ---- threads, and more than one segment ----
must "$synth" --scale 1/500 --seed 3 dump
for n in 1 3; do
    rm -f case
    must "$unspoof" ingest -q --threads $n -r GB case dump/*.csv
    for v in 1 3; do
        try "$unspoof" verify --threads $v --rows all case
        status_is 0 "ingested on $n threads, verified on $v"
    done
done
"$unspoof" verify --rows 100 --seed 1 case >out
says out "; $(sqlite3 case 'SELECT sum(min(100, accepted)) FROM source') rows of 7 sources" 'so many rows of each source'
# What does not hold is told, however quiet the run is and whether or not rows are read.
printf '%s\n' started,account,presented,dialled,talk '2022-01-01 00:00:00Z,a,+442079460001,+447700900123,61' >quiet.csv
rm -f quiet.case
must "$unspoof" ingest -q quiet.case quiet.csv
echo >>quiet.csv
for rows in 0 1000 all; do
    try "$unspoof" verify -q --rows $rows quiet.case
    status_is 4 "-q --rows $rows: a file that has changed"
    says err 'quiet\.csv: has changed since it was ingested' "-q --rows $rows: is named"
done
rm quiet.csv
try "$unspoof" verify -q --rows 0 quiet.case
status_is 6 'where no file is here, nothing was checked'
says err '^unspoof verify: the case hangs together, but none of its sources is here' 'and that is said, also with -q'

done_testing
