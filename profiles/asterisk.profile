# SPDX-License-Identifier: Apache-2.0
# Asterisk in a database: table cdr as its own schema has it and as the old MySQL module wrote it, and cel.
# Source: contrib/ast-db-manage/cdr/versions/210693f3123d_create_cdr_table.py and configs/samples/
# cel_odbc.conf.sample of asterisk/asterisk at f0c1c1a7. The old table has calldate, and neither answer nor
# end. Administrators may rename any column (cdr_adaptive_odbc.conf): such a table is not this one.
# FreePBX's table is known by outbound_cnum, and has a profile of its own.
name asterisk
about Asterisk in a database: tables cdr and cel
confirmed-by contrib/ast-db-manage of asterisk/asterisk at f0c1c1a7

table /(?i)cdr/
kind call
sniff table 20
sniff columns src dst dcontext channel lastapp lastdata billsec disposition 80
role started calldate optional
role started start optional
role answered_at answer optional
role ended end optional
role account accountcode
role presented src
role dialled dst
role presented_name clid optional
role trunk dstchannel
role duration duration
role talk billsec
role status disposition
# Rows of one call share linkedid where it is there, else uniqueid.
role call_id linkedid optional
role call_id uniqueid optional
legs call_id
fallback dialled /^[shit]$/ lastdata /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/
sequence sequence
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
cannot-say a number that the dialplan set after the row was begun: src is that of its beginning
cannot-say which zone start and end are in
answered ANSWERED
answered 8
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
# Integers where the module writes enumerations as numbers (cdr.h).
unanswered 0
unanswered 1
unanswered 2
unanswered 4
unanswered 16
unanswered 32

# Events: a channel that begins is an attempt; those that share linkedid are one call.
table cel
kind call
sniff table 20
sniff columns eventtype eventtime cid_num exten channame linkedid 80
keep eventtype /^(?:CHAN_START|1)$/
role started eventtime
role presented cid_num
role presented_name cid_name
role dialled exten
role trunk channame
role account accountcode
role call_id linkedid
legs call_id
cannot-say how long calls were, and whether they were answered: ANSWER and HANGUP are rows of their own, which are not paired, for a channel may be answered by the dialplan before anybody talks. The CDRs of the same switch say it, and are the same calls by linkedid
cannot-say the number that was shown, where the dialplan set it: that of a channel is the one it began with
