# SPDX-License-Identifier: Apache-2.0
# FreeSWITCH, module mod_cdr_csv: Master.csv of the templates that begin with the caller's name: the built-in
# one (13 columns), example (15, the default), linksys (17) and snom (20); template sql has the same 13.
# Source: conf/vanilla/autoload_configs/cdr_csv.conf.xml and mod_cdr_csv.c of signalwire/freeswitch at
# cc93a683.
# Some write a blank before the last quote, none escapes a quote within a value.
name freeswitch-csv
about FreeSWITCH mod_cdr_csv: templates example, default, linksys, snom and sql, no header
kind call
header no
separator comma
quote "
blanks yes
widths 13-20

role presented_name 1
role presented 2
role dialled 3
role started 5
role answered_at 6
role ended 7
role duration 8
role talk 9
role status 10
role call_id 11
role account 13

sniff 5 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 6 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 7 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 8 /^\d+$/ 10
sniff 9 /^\d+$/ 10
sniff 10 /^[A-Z][A-Z0-9_]+$/ 10
sniff 11 /^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-z]{12}$/ 30

cannot-say which zone the times are in: they are those of the switch
cannot-say the address of the caller
