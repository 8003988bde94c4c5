# SPDX-License-Identifier: Apache-2.0
# FreeSWITCH, module mod_cdr_csv, template asterisk: 18 columns in the order of Asterisk's log, with a cause of
# release where Asterisk has a disposition, and a UUID.
# Source: conf/vanilla/autoload_configs/cdr_csv.conf.xml and mod_cdr_csv.c of signalwire/freeswitch at
# cc93a683.
name freeswitch-csv-asterisk
about FreeSWITCH mod_cdr_csv: template asterisk, 18 columns, no header
kind call
header no
separator comma
quote "
blanks yes
widths 18

role account 1
role presented 2
role dialled 3
role presented_name 5
role trunk 7
role started 10
role answered_at 11
role ended 12
role duration 13
role talk 14
role status 15
role call_id 17

sniff 10 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 11 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 12 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 13 /^\d+$/ 10
sniff 14 /^\d+$/ 10
sniff 17 /^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-z]{12}$/ 50

cannot-say which zone the times are in: they are those of the switch
cannot-say the address of the caller
