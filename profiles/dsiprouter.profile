# SPDX-License-Identifier: Apache-2.0
# dSIPRouter and Siremis: table cdrs, which a procedure fills from Kamailio's acc: call_start_time is that of the
# answer, duration what passed from it to the BYE.
# Source: gui/modules/cdr/cdrs.sql of dOpensource/dsiprouter.
name dsiprouter
about dSIPRouter and Siremis: table cdrs
confirmed-by gui/modules/cdr/cdrs.sql of dOpensource/dsiprouter

table cdrs
kind call
sniff table 20
sniff call_start_time /^\d{4}-\d\d-\d\d / 10
sniff columns cdr_id src_username src_domain dst_username dst_domain dst_ousername call_start_time duration sip_call_id 80
columns cdr_id src_username src_domain dst_username dst_domain dst_ousername call_start_time duration sip_call_id sip_from_tag sip_to_tag src_ip cost rated created calltype fraud src_gwgroupid dst_gwgroupid
role call_id sip_call_id
sequence cdr_id
role started call_start_time
role presented src_username
role dialled dst_ousername
role talk duration
role ip src_ip
address ip transport
role trunk dst_domain
without account
cannot-say the account
cannot-say calls that nobody answered: they are in table acc or missed_calls
cannot-say which zone call_start_time is in
