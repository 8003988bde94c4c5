# SPDX-License-Identifier: Apache-2.0
# FreePBX: table cdr of database asteriskcdrdb.
# Source: install.php, Backup.php of FreePBX/cdr. Presented is outbound_cnum, the number on the outbound leg,
# else src.
name freepbx
about FreePBX: table cdr of asteriskcdrdb
confirmed-by install.php of FreePBX/cdr

table cdr
kind call
sniff table 20
sniff columns calldate src dst dcontext lastapp disposition outbound_cnum 180
role started calldate
role account accountcode
role presented outbound_cnum when outbound_cnum /[^\s]/
role presented src
role dialled dst
role presented_name outbound_cnam when outbound_cnam /[^\s]/
role presented_name clid
role trunk dstchannel
role duration duration
role talk billsec
role status disposition
role call_id linkedid when linkedid /[^\s]/ optional
role call_id uniqueid
legs call_id
fallback dialled /^[shit]$/ lastdata /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
cannot-say which zone calldate is in
answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
