# SPDX-License-Identifier: Apache-2.0
# FreeSWITCH, modules mod_xml_cdr and mod_json_cdr: a document a call (a_UUID.cdr.xml, a_UUID.cdr.json), or many of them in one
# file. Values are URL-encoded.
# Source: mod_xml_cdr.c and mod_json_cdr.c of signalwire/freeswitch at cc93a683; the order in which the presented number is
# looked for is that of app/xml_cdr of fusionpbx/fusionpbx at c7a00dcb: effective_caller_id_number,
# origination_caller_id_number, the profile of the caller, the user of From.
name freeswitch-xml-json
about FreeSWITCH mod_xml_cdr and mod_json_cdr: a document a call
confirmed-by mod_xml_cdr.c and mod_json_cdr.c of signalwire/freeswitch at cc93a683
kind call

sniff columns variables.uuid variables.start_epoch variables.hangup_cause variables.duration 150
role call_id variables.uuid
role account variables.accountcode optional
without account
role presented variables.effective_caller_id_number when variables.effective_caller_id_number /[^\s]/ optional
role presented variables.origination_caller_id_number when variables.origination_caller_id_number /[^\s]/ optional
role presented callflow.0.caller_profile.caller_id_number when callflow.0.caller_profile.caller_id_number /[^\s]/ optional
role presented callflow.caller_profile.caller_id_number when callflow.caller_profile.caller_id_number /[^\s]/ optional
role presented variables.sip_from_user optional
without presented
role presented_name callflow.0.caller_profile.caller_id_name when callflow.0.caller_profile.caller_id_name /[^\s]/ optional
role presented_name callflow.caller_profile.caller_id_name optional
role dialled callflow.0.caller_profile.destination_number when callflow.0.caller_profile.destination_number /[^\s]/ optional
role dialled callflow.caller_profile.destination_number when callflow.caller_profile.destination_number /[^\s]/ optional
role dialled variables.sip_to_user optional
without dialled
role started variables.start_epoch
role answered_at variables.answer_epoch when variables.answer_epoch /[1-9]/ optional
role ended variables.end_epoch when variables.end_epoch /[1-9]/ optional
role duration variables.duration
role talk variables.billsec optional
role status variables.hangup_cause
role ip variables.sip_network_ip when variables.sip_network_ip /[^\s]/ optional
role ip callflow.0.caller_profile.network_addr when callflow.0.caller_profile.network_addr /[^\s]/ optional
role ip callflow.caller_profile.network_addr optional
address ip transport
decode account url
decode presented url
decode presented_name url
decode dialled url
cannot-say which documents are two legs of one call, where both were written
