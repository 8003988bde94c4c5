# SPDX-License-Identifier: Apache-2.0
# OpenSIPS: table acc, with the columns for the parties that its documentation tells to add.
# Source: scripts/mysql/acc-create.sql of OpenSIPS/opensips at 8f4f1e1b (version 7 of the table). Who called
# whom is in extra columns alone, mostly caller_id and callee_id; a table that lacks them is read with -m.
# With CDRs on, a row is a call with its duration; without, there are rows of INVITE and of BYE without one.
name opensips
about OpenSIPS: table acc, with caller_id and callee_id
confirmed-by scripts/mysql/acc-create.sql of OpenSIPS/opensips at 8f4f1e1b

table acc
kind call
sniff table 20
sniff columns method from_tag to_tag callid sip_code sip_reason time ms_duration setuptime caller_id callee_id 90
keep method /^INVITE$/
drop sip_code /^40[17]$/
role call_id callid
legs call_id
role started created when created /[1-9]/
role started time
role presented caller_id
role dialled callee_id
role talk duration when duration /[1-9]/
role status sip_code
role ip src_ip optional
without account
answered 200
cannot-say how long calls were that have no duration: their BYE is a row of its own, which is not paired
cannot-say the account: acc has a column for it only where the administrator added one (-m account=COLUMN)
cannot-say which zone the times are in
