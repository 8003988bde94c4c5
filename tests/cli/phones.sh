#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Telephones of accounts: those that are victims as well.
. "${srcdir:-.}/tests/lib.sh"

tab=$(printf '\t')

# column CASE TABLE COLUMNS: some columns of a table.
column() {
    "$unspoof" export -q -f csv "$1" "$2" | sqlite3 :memory: '.import --csv /dev/stdin t' "SELECT $3 FROM t"
}

# value CASE KEY OPTION...: of the summary.
value() {
    case=$1 key=$2
    shift 2
    "$unspoof" summary -q -f tsv "$@" "$case" | sed -n "s/^$key$tab//p"
}

# ---- victims that are telephones of accounts or numbers of organisations ----

cat >calls.csv <<'END'
started,account,presented,dialled,talk
2022-01-01 00:00:00Z,a,+442079460101,+447700900101,61
2022-01-02 00:00:00Z,a,+442079460101,+447700900102,61
2022-01-03 00:00:00Z,a,+442079460101,+442079460101,61
2022-01-04 00:00:00Z,a,+442079460101,+442079460102,61
2022-01-05 00:00:00Z,a,+442079460101,+493023125001,61
2022-01-06 00:00:00Z,a,+442079460101,+493023125002,61
2022-01-07 00:00:00Z,a,+442079460101,+447700900103,5
END
# One account's number is said twice, one is called in short, and one never.
cat >accounts.csv <<'END'
account,phone
a,+447700900101
b,07700 900101
c,+442079460102
d,+493023125002
e,+447700900103
f,+447700900199
g,
END
cat >organisations.csv <<'END'
number,organisation
+442079460101,Example Bank
+442079460102,Example Tax Office
+442079460103,Example Bank
END
for kind in calls accounts organisations; do
    must "$unspoof" ingest -q -r GB own.case "$kind.csv"
done
must "$unspoof" normalise -q own.case
try "$unspoof" correlate own.case
says err '^4 of 6 victims may be none: 3 telephones of accounts, 2 numbers of organisations; ' 'it is said, with how many'
column own.case victims 'number, own' >got
cat >want <<'END'
+442079460101|organisation
+442079460102|account;organisation
+447700900101|account
+447700900102|
+493023125001|
+493023125002|account
END
same 'and stands with each victim' want got
column own.case quality "topic, count" | grep own >got
echo 'own-number|4' >want
same 'and is kept' want got
printf '%s %s %s\n' "$(value own.case victims)" "$(value own.case victims_own)" "$(value own.case country_victims_own)" >got
echo '6 4 ' >want
same 'victims are counted with and without' want got
printf '%s %s %s\n' "$(value own.case victims_own --since 2022-01-02 --country GB)" \
    "$(value own.case country_victims --since 2022-01-02 --country GB)" \
    "$(value own.case country_victims_own --since 2022-01-02 --country GB)" >got
echo '3 3 2' >want
same 'in a window, and of a country' want got
"$unspoof" show -q -f tsv own.case number +442079460102 | grep 'own number' | cut -f 2,3 | tr '\t' ' ' >got
printf 'own number of an account\nown number of an organisation\n' >want
same 'show number has it' want got
"$unspoof" show -q -f tsv own.case number +447700900103 | grep 'own number' >got
: >want
same 'but not of a number that is no victim' want got

# Without a telephone of an account among them nothing is said.
sed '2d;4,5d;7d' calls.csv >clean.csv
must "$unspoof" ingest -q -r GB clean.case clean.csv
for kind in accounts organisations; do
    must "$unspoof" ingest -q -r GB clean.case "$kind.csv"
done
must "$unspoof" normalise -q clean.case
try "$unspoof" correlate clean.case
grep 'may be none' err >got
same 'nothing is said where there is none' want got
printf '%s %s\n' "$(value clean.case victims)" "$(value clean.case victims_own)" >got
echo '2 0' >want
same 'and none is counted' want got


# A telephone is read in the country of its row, unless only the source's region has it.
printf 'account,country,phone\na,US,2125550123\nb,FR,02079460101\nc,GB,02079460101\nd,IT,02079460101\n' >lands.csv
rm -f lands.case
must "$unspoof" ingest -q -r GB lands.case lands.csv
try "$unspoof" normalise lands.case
must "$unspoof" correlate -q lands.case
"$unspoof" query -f tsv lands.case 'SELECT t.account, r.phone FROM account_read r JOIN account t ON t.id = r.account ORDER BY 1' >out
printf 'account\tphone\na\t12125550123\nb\t442079460101\nc\t442079460101\nd\t3902079460101\n' >expected
same 'telephones and countries' expected out
cp err said
! grep -q 'tell no country' said
ok 'nothing is said to be read as of the region'

# What only the country of the row makes of it ties accounts of that country alone; what may be a number of the source's
# region as well is unsure, and both are shown.
cat >tied.csv <<'END'
account,country,phone
a,US,2125550123
b,US,(212) 555-0123
c,,+12125550123
d,CA,2125550123
e,US,+12125550123
f,GB,+12125550123
g,US,2079460101
h,US,+12079460101
i,GB,+12079460101
END
rm -f tied.case
must "$unspoof" ingest -q -r GB tied.case tied.csv
try "$unspoof" normalise tied.case
says err '^tied.csv: 4 telephones are read in the country of their row, where the region of the source is GB: they tie accounts of that country alone$' 'it is said'
says err '^tied.csv: 1 telephones are numbers of the country of their row and, as others, of GB: those of the country are taken; ' 'and of how many there are two'
! grep 'can be read in two ways' err
ok 'once'
must "$unspoof" correlate -q tied.case
column tied.case links 'account_a, account_b, value, strength' >got
cat >want <<'END'
a|b|+12125550123|decisive
a|e|+12125550123|decisive
c|e|+12125550123|decisive
c|f|+12125550123|decisive
g|h|+12079460101|decisive
h|i|+12079460101|decisive
END
sort -o got got
same 'who is tied' want got
"$unspoof" query -f tsv tied.case 'SELECT t.account, d.rule, d.flags, d.other FROM account_read r JOIN account t ON t.id = r.account JOIN reading d ON d.id = r.phone_reading ORDER BY 1' |
    sed -n '2p;7p;8p' | tr '\t' ' ' >got
cat >want <<'END'
a country nanp-fiction 0
f plus nanp-fiction 0
g country unsure 1
END
same 'the rule is the country of the row' want got
"$unspoof" show -q -f tsv tied.case account g | grep 'account phone' | cut -f 2,3 | tr '\t' ' ' >got
cat >want <<'END'
account phone 2079460101
account phone +12079460101
account phone, or else +442079460101
END
same 'both are shown' want got
"$unspoof" export -q -f csv tied.case links | grep -c 'read in the country of a row' >got
echo 3 >want
same 'and links say so' want got
for number in +12079460101 +442079460101; do
    "$unspoof" show -q -f tsv tied.case number $number | grep -c 'phone' >got
    [ "$(cat got)" -ge 1 ]
    ok "found by $number"
done
done_testing
