# SPDX-License-Identifier: Apache-2.0
# Kamailio: tables acc and missed_calls, with the columns that its own configuration file tells to add.
# Source: utils/kamctl/mysql/acc-create.sql and etc/kamailio.cfg of kamailio/kamailio at 38711a3e:
# src_user is the user of From, dst_ouser what was dialled, dst_user what it was made into.
# A row is a transaction: INVITEs are calls, one that asks for a password (401, 407) is none; a BYE is the end of
# a call. An INVITE within a call has its callid.
name kamailio
about Kamailio: tables acc and missed_calls, with src_user, dst_ouser and so on
confirmed-by utils/kamctl/mysql/acc-create.sql and etc/kamailio.cfg of kamailio/kamailio at 38711a3e

table acc missed_calls
kind call
sniff table 20
sniff sip_code /^\d{3}$/ 10
sniff columns method from_tag to_tag callid sip_code sip_reason time src_user dst_ouser 80
columns id method from_tag to_tag callid sip_code sip_reason time src_user src_domain src_ip dst_ouser dst_user dst_domain
keep method /^INVITE$/
drop sip_code /^40[17]$/
role call_id callid
legs call_id
role started time
role presented src_user
role dialled dst_ouser
role status sip_code
role ip src_ip optional
address ip transport
role trunk dst_domain optional
without account
answered 200
cannot-say how long calls were: the time of the BYE is a row of its own, which is not paired; an answered INVITE has the time of the answer
cannot-say the account: acc has a column for it only where the administrator added one (-m account=COLUMN)
cannot-say which zone time is in
