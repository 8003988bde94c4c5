# SPDX-License-Identifier: Apache-2.0
# FreeSWITCH, module mod_cdr_csv, template opencdrrate: 13 columns. It has no time at which a call began: that of
# its answer is taken, and where nobody answered that of its end.
# Source: conf/vanilla/autoload_configs/cdr_csv.conf.xml and mod_cdr_csv.c of signalwire/freeswitch at
# cc93a683.
name freeswitch-csv-opencdrrate
about FreeSWITCH mod_cdr_csv: template opencdrrate, 13 columns, no header
kind call
header no
separator comma
quote "
blanks yes
widths 13

role call_id 1
role presented 4
role dialled 5
role started 6 when 6 /\d/
role started 7
role answered_at 6
role ended 7
role talk 8
role account 9
role ip 11
role trunk 13
address ip transport

sniff 1 /^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-z]{12}$/ 50
sniff 3 /^(?:inbound|outbound)$/ 30
sniff 6 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 20
sniff 7 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 20
sniff 8 /^\d+$/ 10

cannot-say when calls began: answer_stamp is taken for it, else end_stamp
cannot-say why calls ended
cannot-say which zone the times are in: they are those of the switch
