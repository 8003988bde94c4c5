# SPDX-License-Identifier: Apache-2.0
# FusionPBX: table v_xml_cdr, whose columns come in the order of that database's history.
# Source: app/xml_cdr/app_config.php of fusionpbx/fusionpbx at c7a00dcb. caller_id_number of outbound calls is what
# effective_caller_id_number was, else origination_caller_id_number, else the caller's own. The other leg of a call is a row
# with leg b.
name fusionpbx
about FusionPBX: table v_xml_cdr
confirmed-by app/xml_cdr/app_config.php of fusionpbx/fusionpbx at c7a00dcb

table v_xml_cdr
kind call
sniff table 60
sniff columns caller_id_number destination_number start_epoch duration hangup_cause leg 190
drop leg /^b$/
role call_id xml_cdr_uuid optional
role call_id uuid optional
role account accountcode
role presented caller_id_number
role presented_name caller_id_name optional
role dialled destination_number
role started start_epoch
role answered_at answer_epoch when answer_epoch /[1-9]/ optional
role ended end_epoch when end_epoch /[1-9]/ optional
role duration duration
role talk billsec optional
role status hangup_cause
role ip network_addr optional
address ip transport
cannot-say the account, where accountcode is empty: extension_uuid is that of an extension
